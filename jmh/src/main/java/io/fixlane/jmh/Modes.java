package io.fixlane.jmh;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import java.util.ArrayList;
import java.util.List;

/** All modes of a destination. */
final class Modes {
  private Modes() {}

  /**
   * Returns the format of a width and binary point in every quantization and overflow mode, N up to
   * 2.
   */
  static List<FixedFormat> of(int width, int integerBits) {
    List<FixedFormat> formats = new ArrayList<>();
    for (QuantizationMode quantization : QuantizationMode.values()) {
      for (OverflowMode overflow : OverflowMode.values()) {
        for (int n = 0; n <= (overflow.wraps() ? 2 : 0); n++) {
          formats.add(new FixedFormat(true, width, integerBits, quantization, overflow, n));
        }
      }
    }
    return formats;
  }
}
