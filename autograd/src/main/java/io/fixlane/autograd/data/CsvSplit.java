package io.fixlane.autograd.data;

import java.nio.file.Path;

/**
 * Data sets in files as {@link CsvImages} reads them, of which only the order is known: images are
 * square, of grey pixels of 0..255 that become 0 to 1. The labels to train with say how many
 * classes there are, from 0 on, or from 1 on where none is 0.
 */
public final class CsvSplit {
  private static final int WHITE = 255;
  private static final int LARGEST_LABEL = 9999;

  private CsvSplit() {}

  /**
   * Reads a file, and splits it into four fifths to train with and one fifth to test with, at
   * random and always the same.
   *
   * @param name what the data set is called in messages
   * @param label where a line has the label, which is 9999 at most
   * @throws DataFileException if the file is missing or damaged, has a single image, images are not
   *     square, a number is none or out of its range, or there is too little memory
   */
  public static DataSplit read(String name, Path file, CsvImages.Label label)
      throws DataFileException {
    CsvFile.Content content = content(file, 0, label);
    Dataset all = Labels.of(content.labels()).dataset(
        file, name, shape(file, content), content.images(), content.labels());
    if (all.size() < 2) {
      throw new DataFileException(
          file, "it has 1 image: there must be one to train with and one to test with");
    }
    return all.split(Math.min(0.8, 1 - 1.0 / all.size()), 0);
  }

  /**
   * Reads two files.
   *
   * @param name what the data set is called in messages
   * @param train the images to train with
   * @param test those to test with, of the same size
   * @param label where a line has the label, which is 9999 at most
   * @throws DataFileException as the other method, or if a test label is none of those to train
   *     with
   */
  public static DataSplit read(String name, Path train, Path test, CsvImages.Label label)
      throws DataFileException {
    CsvFile.Content content = content(train, 0, label);
    CsvFile.Content other = content(test, content.pixels(), label);
    Labels labels = Labels.of(content.labels());
    int[] shape = shape(train, content);
    return new DataSplit(
        labels.dataset(train, name + " train", shape, content.images(), content.labels()),
        labels.dataset(test, name + " test", shape, other.images(), other.labels()));
  }

  private static CsvFile.Content content(Path file, int pixels, CsvImages.Label label)
      throws DataFileException {
    CsvFile.Rule rule = new CsvFile.Rule(pixels, WHITE, LARGEST_LABEL, label);
    return DataFile.read(file, in -> CsvFile.read(file, in, rule));
  }

  private static int[] shape(Path file, CsvFile.Content content) throws DataFileException {
    int side = (int) Math.sqrt(content.pixels());
    if (side * side != content.pixels()) {
      throw new DataFileException(file, "an image has " + content.pixels()
          + " pixels: it must be square, as 784 are 28 x 28");
    }
    return new int[] {side, side, 1};
  }
}
