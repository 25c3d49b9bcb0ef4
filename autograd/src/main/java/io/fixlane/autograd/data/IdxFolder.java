package io.fixlane.autograd.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of a data set in the files of the MNIST database: {@code train-images-idx3-ubyte} and
 * {@code train-labels-idx1-ubyte}, and both with {@code t10k} for the test set. Each may be packed
 * by gzip and then end in {@code .gz}; dots may stand in the place of hyphens; there may be more
 * before {@code train}, and {@code test} in the place of {@code t10k}, as EMNIST has it. Grey
 * pixels of 0..255 become 0 to 1. The labels to train with say how many classes there are, from 0
 * on, or from 1 on where none is 0.
 */
public final class IdxFolder {
  private static final Path FASHION_MNIST = Path.of("/usr/share/datasets/fashion-mnist");
  private static final String PACKED = ".gz";

  private IdxFolder() {}

  /**
   * Reads Fashion-MNIST (60,000 images to train with, 10,000 to test with, 28 x 28) from where
   * Debian's package {@code dataset-fashion-mnist} puts it.
   *
   * @throws DataFileException if it is not there; the message says how to get it
   */
  public static DataSplit readFashionMnist() throws DataFileException {
    return readFashionMnist(Integer.MAX_VALUE);
  }

  /**
   * Reads Fashion-MNIST, but of the images to train with the first alone.
   *
   * @param most how many at most
   * @throws DataFileException if it is not there; the message says how to get it
   */
  public static DataSplit readFashionMnist(int most) throws DataFileException {
    return readFashionMnist(FASHION_MNIST, most);
  }

  static DataSplit readFashionMnist(Path folder, int most) throws DataFileException {
    if (!Files.isDirectory(folder)) {
      throw new DataFileException(
          folder, "there is no such folder: apt-get install dataset-fashion-mnist makes it;"
              + " or get the four files of Fashion-MNIST from"
              + " https://github.com/zalandoresearch/fashion-mnist into any folder, and name that");
    }
    return read("fashion-mnist", folder, most);
  }

  /**
   * Reads a folder.
   *
   * @param name what the data set is called in messages
   * @param folder where the four files are
   * @throws DataFileException if a file is missing, damaged or of another kind, there are several
   *     for the same, files do not belong together, a test label is none of those to train with, or
   *     there is too little memory
   */
  public static DataSplit read(String name, Path folder) throws DataFileException {
    return read(name, folder, Integer.MAX_VALUE);
  }

  /**
   * Reads a folder, but of the images to train with the first alone: for the others no memory is
   * needed.
   *
   * @param name what the data set is called in messages
   * @param folder where the four files are
   * @param most how many images to train with at most, at least 1
   * @throws DataFileException as {@link #read(String, Path)}
   */
  public static DataSplit read(String name, Path folder, int most) throws DataFileException {
    List<Path> files = files(folder);
    int[] labels = IdxFile.labels(files.get(1));
    int[] testLabels = IdxFile.labels(files.get(3));
    Labels classes = Labels.of(labels);
    IdxFile.Images images = IdxFile.images(files.get(0), most);
    IdxFile.Images testImages = IdxFile.images(files.get(2), Integer.MAX_VALUE);
    int[] shape = images.shape();
    int[] other = testImages.shape();
    requireAsMany(files.get(1), labels, files.get(0), images);
    requireAsMany(files.get(3), testLabels, files.get(2), testImages);
    if (shape[1] != other[1] || shape[2] != other[2]) {
      throw new DataFileException(
          folder, "the images are " + shape[1] + " x " + shape[2] + " to train with and " + other[1]
              + " x " + other[2] + " to test with: they must have one size");
    }
    int count = images.count();
    int[] imageShape = {shape[1], shape[2], 1};
    return new DataSplit(
        classes.dataset(files.get(1),
            name + " train" + (count < labels.length ? " first " + count : ""), imageShape,
            images.pixels(), Arrays.copyOf(labels, count)),
        classes.dataset(files.get(3), name + " test", imageShape, testImages.pixels(),
            testLabels));
  }

  private static void requireAsMany(
      Path labelFile, int[] labels, Path imageFile, IdxFile.Images images)
      throws DataFileException {
    if (labels.length != images.shape()[0]) {
      throw new DataFileException(labelFile, "it has " + labels.length + " labels: there are "
          + images.shape()[0] + " images in " + imageFile);
    }
  }

  /**
   * Returns the files of a folder that {@link #read} reads: images and labels to train with, and
   * images and labels to test with.
   *
   * @throws DataFileException if one of them is missing, or there are several
   */
  public static List<Path> files(Path folder) throws DataFileException {
    if (!Files.isDirectory(folder)) {
      throw new DataFileException(folder, "there is no such folder");
    }
    return List.of(find(folder, "train", "images", 3), find(folder, "train", "labels", 1),
        find(folder, "t10k", "images", 3), find(folder, "t10k", "labels", 1));
  }

  private static Path find(Path folder, String part, String what, int dimensions)
      throws DataFileException {
    String usual = part + "-" + what + "-idx" + dimensions + "-ubyte";
    Pattern pattern = Pattern.compile("(.*[-._])?" + (part.equals("train") ? part : "(t10k|test)")
        + "[-._]" + what + "[-._]idx" + dimensions + "[-._]ubyte(\\.gz)?");
    List<Path> found;
    try (Stream<Path> files = Files.list(folder)) {
      found = files.filter(file -> pattern.matcher(name(file)).matches()).sorted().toList();
    } catch (IOException e) {
      throw new DataFileException(folder, "cannot be read: " + e.getMessage(), e);
    }
    // A file of the usual name counts before others, and a plain one before the same one packed.
    List<Path> usualOnes = found.stream().filter(file -> plain(file).equals(usual)).toList();
    List<Path> candidates = usualOnes.isEmpty() ? found : usualOnes;
    if (candidates.isEmpty()) {
      throw new DataFileException(
          folder.resolve(usual), "there is no such file, nor one that ends in .gz");
    }
    List<String> names = candidates.stream().map(IdxFolder::plain).distinct().toList();
    if (names.size() > 1) {
      throw new DataFileException(
          folder, "it has " + String.join(" and ", names) + ": there must be one of them");
    }
    return candidates.getFirst();
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static String plain(Path file) {
    String name = name(file);
    return name.endsWith(PACKED) ? name.substring(0, name.length() - PACKED.length()) : name;
  }
}
