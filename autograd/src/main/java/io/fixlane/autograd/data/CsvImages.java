package io.fixlane.autograd.data;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Files of images in lines of whole numbers with commas between: height x width x channels pixels,
 * row by row, then the label. The file may be packed by gzip.
 *
 * {@snippet class="io.fixlane.autograd.data.DataExample" region="csv"}
 *
 * @param height rows of an image
 * @param width columns of an image
 * @param channels channels of a pixel
 * @param maximum the largest pixel, which becomes 1; 0 stays 0
 * @param classes how many classes there are, labels being 0..classes-1
 */
public record CsvImages(int height, int width, int channels, int maximum, int classes) {
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
   *     numbers, or a number is none or out of its range; the message names the line
   */
  public Dataset read(String name, Path file) throws DataFileException {
    return parse(name, file, DataFile.read(file));
  }

  Dataset read(String name, InputStream in) throws DataFileException {
    return parse(name, name, DataFile.read(name, in));
  }

  private Dataset parse(String name, Object file, byte[] content) throws DataFileException {
    List<String> lines = new String(content, StandardCharsets.US_ASCII).lines().toList();
    int size = height * width * channels;
    if (lines.isEmpty() || (long) lines.size() * size > Integer.MAX_VALUE - 8) {
      throw new DataFileException(
          file, "it has " + lines.size() + " lines: there must be at least one, and at most 2^31"
              + " pixels in all");
    }
    float[] images = new float[lines.size() * size];
    int[] labels = new int[lines.size()];
    for (int i = 0; i < labels.length; i++) {
      String[] fields = lines.get(i).split(",", -1);
      if (fields.length != size + 1) {
        throw new DataFileException(
            file, "line " + (i + 1) + " has " + fields.length + " numbers: it must have " + size
                + " pixels and a label");
      }
      for (int j = 0; j < size; j++) {
        images[i * size + j] = (float) number(file, i, j, fields[j], maximum) / maximum;
      }
      labels[i] = number(file, i, size, fields[size], classes - 1);
    }
    return new Dataset(name, new int[] {height, width, channels}, classes, images, labels);
  }

  private static int number(Object file, int line, int field, String text, int largest)
      throws DataFileException {
    int number;
    try {
      number = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      number = -1;
    }
    if (number < 0 || number > largest) {
      throw new DataFileException(
          file, "line " + (line + 1) + ", field " + (field + 1) + " is '" + text
              + "': it must be a whole number in 0.." + largest);
    }
    return number;
  }
}
