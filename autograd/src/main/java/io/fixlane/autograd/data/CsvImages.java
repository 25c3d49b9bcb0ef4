package io.fixlane.autograd.data;

import java.io.InputStream;
import java.nio.file.Path;

/**
 * Files of images in lines of whole numbers with commas between: height x width x channels pixels,
 * row by row, and the label before or after them. A first line without any number, the names of
 * columns, is left out. The file may be packed by gzip.
 *
 * {@snippet class="io.fixlane.autograd.data.DataExample" region="csv"}
 *
 * @param height rows of an image
 * @param width columns of an image
 * @param channels channels of a pixel
 * @param maximum the largest pixel, which becomes 1; 0 stays 0
 * @param classes how many classes there are, labels being 0..classes-1
 * @param label where the label is
 */
public record CsvImages(
    int height,
    int width,
    int channels,
    int maximum,
    int classes,
    Label label) {
  /** The place of the label in a line. */
  public enum Label {
    /** Before the pixels, as in Kaggle's files. */
    FIRST,
    /** After the pixels, as in the files of the UCI Machine Learning Repository. */
    LAST
  }

  /**
   * Makes the description of a file.
   *
   * @throws IllegalArgumentException if a number is not positive, or an image has 2^24 pixels
   */
  public CsvImages {
    require("height", height);
    require("width", width);
    require("channels", channels);
    require("maximum", maximum);
    require("classes", classes);
    if ((double) height * width * channels >= 1 << 24) {
      throw new IllegalArgumentException(
          "an image of " + height + " x " + width + " x " + channels
              + " is too large: it must have fewer than 2^24 pixels");
    }
  }

  private static void require(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ": it must be at least 1");
    }
  }

  /**
   * Reads a file.
   *
   * @param name what the data set is called in messages
   * @throws DataFileException if the file is missing or damaged, a line has another number of
   *     numbers, a number is none or out of its range, or there is too little memory; the message
   *     names the line
   */
  public Dataset read(String name, Path file) throws DataFileException {
    return dataset(name, DataFile.read(file, in -> CsvFile.read(file, in, rule())));
  }

  Dataset read(String name, InputStream in) throws DataFileException {
    return dataset(name, DataFile.read(name, in, content -> CsvFile.read(name, content, rule())));
  }

  private CsvFile.Rule rule() {
    return new CsvFile.Rule(height * width * channels, maximum, classes - 1, label);
  }

  private Dataset dataset(String name, CsvFile.Content content) {
    return new Dataset(
        name, new int[] {height, width, channels}, classes, content.images(), content.labels());
  }
}
