package io.fixlane.cli.modes;

import static io.fixlane.format.OverflowMode.AP_WRAP;
import static io.fixlane.format.QuantizationMode.AP_TRN;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A format that shows what one mode does: integers, so that ties lie at halves and the word is the
 * value.
 *
 * @param name the mode, with N where it wraps
 * @param format the destination of the examples
 */
record ModeExample(String name, FixedFormat format) {
  private static final int WIDTH = 4;
  private static final int MAX_N = 2;

  /** Returns one example for each quantization mode. */
  static List<ModeExample> quantization() {
    return Arrays.stream(QuantizationMode.values())
        .map(mode -> new ModeExample(mode.name(), FixedFormat.signed(WIDTH, WIDTH, mode, AP_WRAP)))
        .toList();
  }

  /** Returns one example for each overflow mode, and where it wraps for each N from 0 to 2. */
  static List<ModeExample> overflow() {
    List<ModeExample> examples = new ArrayList<>();
    for (OverflowMode mode : OverflowMode.values()) {
      for (int n = 0; n <= (mode.wraps() ? MAX_N : 0); n++) {
        FixedFormat format = new FixedFormat(true, WIDTH, WIDTH, AP_TRN, mode, n);
        examples.add(new ModeExample(mode.wraps() ? mode + " N=" + n : mode.name(), format));
      }
    }
    return examples;
  }
}
