package io.fixlane.hardware.hls;

import io.fixlane.tensor.FixedTensor;
import java.util.HexFormat;

/** {@code tb_data/NAME.hex}: raw words, a line each, as many hex digits as their bits take. */
final class WordFile {
  private WordFile() {}

  static String of(FixedTensor words) {
    int width = words.format().width();
    int digits = (width + 3) / 4;
    long mask = -1L >>> Long.SIZE - width;
    HexFormat hex = HexFormat.of();
    StringBuilder text = new StringBuilder();
    for (long i = 0; i < words.size(); i++) {
      text.append(hex.toHexDigits(words.raw(i) & mask, digits)).append('\n');
    }
    return text.toString();
  }
}
