package io.fixlane.autograd.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * 1,797 handwritten digits of 8 x 8 pixels, which come with the library: the test set of "Optical
 * Recognition of Handwritten Digits" by E. Alpaydin and C. Kaynak, UCI Machine Learning Repository,
 * CC BY 4.0.
 */
public final class Digits {
  private static final String FILE = "digits.csv.gz";
  private static final CsvImages LAYOUT = new CsvImages(8, 8, 1, 16, 10, CsvImages.Label.LAST);

  private Digits() {}

  /** Reads all of them. Pixels are 0 to 1. */
  public static Dataset read() {
    try (InputStream in = Digits.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the library lacks its resource " + FILE);
      }
      return LAYOUT.read("digits", in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads four fifths to train with and one fifth to test with, always the same. */
  public static DataSplit readSplit() {
    return read().split(0.8, 0);
  }
}
