package io.fixlane.autograd.data;

import io.fixlane.files.Memory;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads images in lines of whole numbers, in memory for what comes out alone. A first line without
 * any number is a header, and is left out.
 */
final class CsvFile {
  private static final int PIECE = 1 << 16;
  private static final int MOST_NUMBERS = 1 << 24;
  private static final int LONGEST_FIELD = 1000;

  private final Object file;
  private final InputStream in;
  private final byte[] piece = new byte[PIECE];
  private int at;
  private int end;

  private int line;
  private int[] numbers = new int[1 << 10];
  private int fields;
  /** The first field of the line that is no number, and its text; -1 if there is none. */
  private int bad;
  private String badText = "";
  private int badFields;
  /** The beginning of a field. */
  private final StringBuilder text = new StringBuilder();

  private CsvFile(Object file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  /**
   * What a file has to be.
   *
   * @param pixels of an image; 0 for those of the first line
   * @param maximum the largest pixel
   * @param largestLabel the largest label
   * @param label where it is
   */
  record Rule(int pixels, int maximum, int largestLabel, CsvImages.Label label) {}

  /**
   * What is in a file.
   *
   * @param pixels of an image
   * @param images the pixels of all, 0 to 1
   * @param labels of all
   */
  record Content(int pixels, float[] images, int[] labels) {}

  static Content read(Object file, InputStream in, Rule rule) throws IOException {
    return new CsvFile(file, in).read(rule);
  }

  private Content read(Rule rule) throws IOException {
    float[] images = new float[0];
    int[] labels = new int[0];
    int pixels = rule.pixels();
    int count = 0;
    while (next()) {
      if (line == 1 && badFields == fields && !badText.isBlank()) {
        continue;
      }
      pixels = pixels == 0 ? fields - 1 : pixels;
      if (fields != pixels + 1 || pixels == 0) {
        throw new DataFileException(file, "line " + line + " has " + fields
            + " numbers: it must have " + (pixels == 0 ? "" : pixels + " ") + "pixels and a label");
      }
      if (count == labels.length) {
        int more = more(count, pixels);
        images = Arrays.copyOf(images, more * pixels);
        labels = Arrays.copyOf(labels, more);
      }
      int first = rule.label() == CsvImages.Label.FIRST ? 1 : 0;
      for (int i = 0; i < pixels; i++) {
        images[count * pixels + i] = (float) number(first + i, rule.maximum()) / rule.maximum();
      }
      labels[count++] = number(first == 1 ? 0 : pixels, rule.largestLabel());
    }
    if (count == 0) {
      throw new DataFileException(file, "it has no images: there must be a line for each");
    }
    Memory.require(count + " images", (long) count * pixels * Float.BYTES);
    return new Content(
        pixels, Arrays.copyOf(images, count * pixels), Arrays.copyOf(labels, count));
  }

  /** Returns for how many images there should be memory after so many. */
  private int more(int count, int pixels) throws IOException {
    int most = (Integer.MAX_VALUE - 8) / pixels;
    if (count == most) {
      throw new DataFileException(
          file, "it has more than " + most + " images: an array does not hold the pixels of more");
    }
    int more = (int) Math.min(most, count + count / 2 + 64L);
    Memory.require("more than " + count + " images", (long) more * pixels * Float.BYTES);
    return more;
  }

  private int number(int field, int largest) throws DataFileException {
    if (field == bad || numbers[field] > largest) {
      throw new DataFileException(file, "line " + line + ", field " + (field + 1) + " is '"
          + (field == bad ? badText : numbers[field]) + "': it must be a whole number in 0.."
          + largest);
    }
    return numbers[field];
  }

  /** Reads a line; returns whether there was one. */
  private boolean next() throws IOException {
    if (read() < 0) {
      return false;
    }
    at--;
    line++;
    fields = 0;
    bad = -1;
    badFields = 0;
    badText = "";
    int ended;
    do {
      ended = field();
    } while (ended == ',');
    return true;
  }

  /** Reads a field; returns what ended it, which is -1 at the end of the file. */
  private int field() throws IOException {
    long number = 0;
    boolean isNumber = true;
    text.setLength(0);
    int c = read();
    for (; c >= 0 && c != ',' && c != '\n' && c != '\r'; c = read()) {
      if (c >= '0' && c <= '9') {
        // Larger ones are all too large.
        number = Math.min(10 * number + c - '0', Integer.MAX_VALUE);
      } else {
        isNumber = false;
      }
      text.append((char) c);
      if (text.length() > LONGEST_FIELD) {
        throw new DataFileException(file, "line " + line + ", field " + (fields + 1)
            + " has more than " + LONGEST_FIELD + " characters: it must be a whole number");
      }
    }
    if (c == '\r' && read() != '\n' && at > 0) {
      at--;
    }
    if (fields == MOST_NUMBERS) {
      throw new DataFileException(
          file, "line " + line + " has more than " + MOST_NUMBERS + " numbers");
    }
    if (fields == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * fields);
    }
    if (!isNumber || text.isEmpty()) {
      badText = bad < 0 ? text.toString() : badText;
      bad = bad < 0 ? fields : bad;
      badFields++;
    }
    numbers[fields++] = (int) number;
    return c;
  }

  private int read() throws IOException {
    if (at == end) {
      end = Math.max(in.read(piece), 0);
      at = 0;
      if (end == 0) {
        return -1;
      }
    }
    return piece[at++] & 0xff;
  }
}
