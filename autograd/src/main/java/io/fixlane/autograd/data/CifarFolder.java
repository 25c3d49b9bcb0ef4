package io.fixlane.autograd.data;

import io.fixlane.files.Memory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A folder of CIFAR-10 or CIFAR-100 in their binary form (A. Krizhevsky, "Learning Multiple Layers
 * of Features from Tiny Images", 2009; https://www.cs.toronto.edu/~kriz/cifar.html): colour images
 * of 32 x 32, each a label of one byte, in CIFAR-100 two, and 1,024 bytes of red, of green and of
 * blue. CIFAR-10 has {@code data_batch_1.bin}, and as many more as there are, and
 * {@code test_batch.bin}; CIFAR-100 {@code train.bin} and {@code test.bin}, of which the second
 * label counts, that of 100 classes. Each file may be packed by gzip and then end in {@code .gz}.
 *
 * <p>A pixel of 0..255 becomes pixel / 128 - 1, from -1 to 127 / 128: a word of
 * {@code ap_fixed<8,1>}, which is the byte with its first bit inverted. So are pixels normalised,
 * and a network in hardware takes them with no arithmetic before it.
 */
public final class CifarFolder {
  private static final int SIDE = 32;
  private static final int PLANE = SIDE * SIDE;
  private static final int CHANNELS = 3;
  private static final int PIXELS = CHANNELS * PLANE;
  private static final float HALF = 128;
  private static final String PACKED = ".gz";

  private CifarFolder() {}

  /** What tells the two data sets apart. */
  private enum Kind {
    CIFAR_10(10, 1, 10_000, "data_batch_1.bin", "test_batch.bin"),
    CIFAR_100(100, 2, 50_000, "train.bin", "test.bin");

    private final int classes;
    private final int labelBytes;
    private final int most;
    private final String train;
    private final String test;

    Kind(int classes, int labelBytes, int most, String train, String test) {
      this.classes = classes;
      this.labelBytes = labelBytes;
      this.most = most;
      this.train = train;
      this.test = test;
    }

    int recordBytes() {
      return labelBytes + PIXELS;
    }
  }

  /** Returns whether a folder has the first file of one of the data sets. */
  public static boolean isOne(Path folder) {
    return has(folder, Kind.CIFAR_10.train) || has(folder, Kind.CIFAR_100.train);
  }

  /**
   * Reads a folder, but of the images to train with the first alone: for the others no memory is
   * needed.
   *
   * @param name what the data set is called in messages
   * @param folder where the files are
   * @param most how many images to train with at most, at least 1
   * @throws DataFileException if a file is missing or damaged, or there is too little memory
   */
  public static DataSplit read(String name, Path folder, int most) throws DataFileException {
    List<Path> files = files(folder);
    Kind kind = kind(folder);
    List<byte[]> train = new ArrayList<>();
    int left = most;
    for (Path file : files.subList(0, files.size() - 1)) {
      if (left > 0) {
        byte[] records = records(kind, file, left);
        left -= records.length / kind.recordBytes();
        train.add(records);
      }
    }
    List<byte[]> test = List.of(records(kind, files.getLast(), Integer.MAX_VALUE));
    return new DataSplit(
        dataset(kind, folder, name + " train" + (left == 0 ? " first " + most : ""), train),
        dataset(kind, folder, name + " test", test));
  }

  /**
   * Returns the files of a folder that {@link #read} reads: those to train with, in order, and at
   * last the one to test with.
   *
   * @throws DataFileException if one of them is missing
   */
  public static List<Path> files(Path folder) throws DataFileException {
    if (!Files.isDirectory(folder)) {
      throw new DataFileException(folder, "there is no such folder");
    }
    Kind kind = kind(folder);
    List<Path> files = new ArrayList<>(List.of(find(folder, kind.train)));
    if (kind == Kind.CIFAR_10) {
      int last = IntStream.rangeClosed(2, 9).filter(i -> has(folder, batch(i))).max().orElse(1);
      for (int i = 2; i <= last; i++) {
        files.add(find(folder, batch(i)));
      }
    }
    files.add(find(folder, kind.test));
    return files;
  }

  private static String batch(int number) {
    return "data_batch_" + number + ".bin";
  }

  private static Kind kind(Path folder) {
    return has(folder, Kind.CIFAR_100.train) && !has(folder, Kind.CIFAR_10.train)
        ? Kind.CIFAR_100
        : Kind.CIFAR_10;
  }

  private static boolean has(Path folder, String name) {
    return Files.exists(folder.resolve(name)) || Files.exists(folder.resolve(name + PACKED));
  }

  private static Path find(Path folder, String name) throws DataFileException {
    Path plain = folder.resolve(name);
    if (!has(folder, name)) {
      throw new DataFileException(plain, "there is no such file, nor one that ends in .gz");
    }
    return Files.exists(plain) ? plain : folder.resolve(name + PACKED);
  }

  /** Reads the first records of a file, all of them unless there are more than {@code most}. */
  private static byte[] records(Kind kind, Path file, int most) throws DataFileException {
    return DataFile.read(file, in -> {
      int size = kind.recordBytes();
      int wanted = Math.min(kind.most, most);
      Memory.require(wanted + " images", (long) wanted * size);
      byte[] records = in.readNBytes(wanted * size);
      if (records.length == 0 || records.length % size != 0) {
        throw new DataFileException(file, "it has " + records.length
            + " bytes: they must be a multiple of " + size + ", an image and its label");
      }
      if (wanted == kind.most && in.read() >= 0) {
        throw new DataFileException(file, "it has more than " + kind.most + " images");
      }
      for (int i = 0; i < records.length; i += size) {
        int label = records[i + kind.labelBytes - 1] & 0xff;
        if (label >= kind.classes) {
          throw new DataFileException(file, "label " + i / size + " is " + label
              + ": it must be in 0.." + (kind.classes - 1));
        }
      }
      return records;
    });
  }

  private static Dataset dataset(Kind kind, Path folder, String name, List<byte[]> files)
      throws DataFileException {
    int count = files.stream().mapToInt(records -> records.length / kind.recordBytes()).sum();
    try {
      Memory.require(count + " images of " + SIDE + " x " + SIDE,
          (long) count * PIXELS * Float.BYTES);
    } catch (Memory.ShortOfMemoryException e) {
      throw new DataFileException(folder, e);
    }
    float[] images = new float[Math.multiplyExact(count, PIXELS)];
    int[] labels = new int[count];
    int image = 0;
    for (byte[] records : files) {
      for (int at = 0; at < records.length; at += kind.recordBytes()) {
        labels[image] = records[at + kind.labelBytes - 1] & 0xff;
        interleave(records, at + kind.labelBytes, images, image * PIXELS);
        image++;
      }
    }
    return new Dataset(name, new int[] {SIDE, SIDE, CHANNELS}, kind.classes, images, labels);
  }

  /** Brings the three planes of an image together, pixel by pixel. */
  private static void interleave(byte[] planes, int from, float[] images, int to) {
    for (int c = 0; c < CHANNELS; c++) {
      for (int i = 0; i < PLANE; i++) {
        images[to + i * CHANNELS + c] = (planes[from + c * PLANE + i] & 0xff) / HALF - 1;
      }
    }
  }
}
