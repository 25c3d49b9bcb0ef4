package io.fixlane.autograd.data;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder of a data set in the files of the MNIST database: {@code train-images-idx3-ubyte} and
 * {@code train-labels-idx1-ubyte}, and both with {@code t10k} for the test set; each may be packed
 * by gzip and then end in {@code .gz}. Grey pixels of 0..255 become 0 to 1.
 */
public final class IdxFolder {
  private static final Path FASHION_MNIST = Path.of("/usr/share/datasets/fashion-mnist");
  private static final int CLASSES = 10;

  private IdxFolder() {}

  /**
   * Reads Fashion-MNIST (60,000 images to train with, 10,000 to test with, 28 x 28) from where
   * Debian's package {@code dataset-fashion-mnist} puts it.
   *
   * @throws DataFileException if it is not there; the message says how to get it
   */
  public static DataSplit readFashionMnist() throws DataFileException {
    return readFashionMnist(FASHION_MNIST);
  }

  static DataSplit readFashionMnist(Path folder) throws DataFileException {
    if (!Files.isDirectory(folder)) {
      throw new DataFileException(
          folder, "there is no such folder: apt-get install dataset-fashion-mnist makes it;"
              + " or get the four files of Fashion-MNIST from"
              + " https://github.com/zalandoresearch/fashion-mnist into any folder, and name that");
    }
    return read("fashion-mnist", folder);
  }

  /**
   * Reads a folder.
   *
   * @param name what the data set is called in messages
   * @param folder where the four files are
   * @throws DataFileException if a file is missing, damaged or of another kind, files do not belong
   *     together, or a label is not in 0..9
   */
  public static DataSplit read(String name, Path folder) throws DataFileException {
    if (!Files.isDirectory(folder)) {
      throw new DataFileException(folder, "there is no such folder");
    }
    Dataset train = read(name + " train", folder, "train");
    Dataset test = read(name + " test", folder, "t10k");
    int[] shape = train.imageShape();
    int[] other = test.imageShape();
    if (shape[0] != other[0] || shape[1] != other[1]) {
      throw new DataFileException(
          folder, "the images are " + shape[0] + " x " + shape[1] + " to train with and " + other[0]
              + " x " + other[1] + " to test with: they must have one size");
    }
    return new DataSplit(train, test);
  }

  private static Dataset read(String name, Path folder, String part) throws DataFileException {
    Path imageFile = find(folder, part + "-images-idx3-ubyte");
    Path labelFile = find(folder, part + "-labels-idx1-ubyte");
    IdxFile images = IdxFile.read(imageFile, 3);
    IdxFile labels = IdxFile.read(labelFile, 1);
    if (images.shape()[0] != labels.shape()[0]) {
      throw new DataFileException(
          labelFile, "it has " + labels.shape()[0] + " labels: there are " + images.shape()[0]
              + " images in " + imageFile);
    }
    float[] pixels = new float[images.bytes().length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (images.bytes()[i] & 0xff) / 255f;
    }
    int[] classes = new int[labels.bytes().length];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = labels.bytes()[i] & 0xff;
      if (classes[i] >= CLASSES) {
        throw new DataFileException(
            labelFile, "label " + i + " is " + classes[i] + ": it must be in 0.." + (CLASSES - 1));
      }
    }
    int[] shape = {images.shape()[1], images.shape()[2], 1};
    return new Dataset(name, shape, CLASSES, pixels, classes);
  }

  private static Path find(Path folder, String name) throws DataFileException {
    Path plain = folder.resolve(name);
    Path packed = folder.resolve(name + ".gz");
    if (Files.exists(plain)) {
      return plain;
    }
    if (Files.exists(packed)) {
      return packed;
    }
    throw new DataFileException(plain, "there is no such file, nor one that ends in .gz");
  }
}
