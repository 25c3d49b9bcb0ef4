package io.fixlane.cli.text;

import io.fixlane.format.FixedFormat;
import io.fixlane.reference.Fixed;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words as binary and hexadecimal digits. */
public final class BitText {
  private static final int MAX_BITS = 66;
  private static final int ENDS = 28;
  private static final int HEX_PER_LINE = 64;

  private BitText() {}

  /**
   * Returns the W bits of a word, with its binary point: the middle left out where they are many.
   */
  public static String bits(FixedFormat format, BigInteger raw) {
    String bits = new Fixed(format, raw).toBits();
    return bits.length() <= MAX_BITS
        ? bits
        : bits.substring(0, ENDS) + "..." + bits.substring(bits.length() - ENDS);
  }

  /** Returns the W bits of a word as hexadecimal digits, all of them, in lines of 64. */
  public static List<String> hex(FixedFormat format, BigInteger raw) {
    int digits = (format.width() + 3) / 4;
    String hex = raw.mod(BigInteger.ONE.shiftLeft(format.width())).toString(16);
    String padded = "0x" + "0".repeat(digits - hex.length()) + hex.toUpperCase(Locale.ROOT);
    List<String> lines = new ArrayList<>();
    for (int from = 0; from < padded.length(); from += HEX_PER_LINE) {
      lines.add(padded.substring(from, Math.min(from + HEX_PER_LINE, padded.length())));
    }
    return lines;
  }
}
