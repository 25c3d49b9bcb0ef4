package io.fixlane.onnx.read.numbers;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names that QONNX and FINN have for types of numbers. */
public final class DataTypes {
  private static final Pattern INTEGER = Pattern.compile("(U?)INT([1-9][0-9]?)");
  private static final Pattern FIXED = Pattern.compile("FIXED<([1-9][0-9]?),([1-9][0-9]?)>");
  private static final int MOST_BITS = 64;

  private DataTypes() {}

  /**
   * Returns the format of words of a type, which rounds and saturates as a Quant does; null of
   * floats, and of what is no type with a format. {@code BIPOLAR} are signs.
   */
  public static @Nullable FixedFormat format(String type) {
    Matcher integer = INTEGER.matcher(type);
    Matcher fixed = FIXED.matcher(type);
    if (integer.matches()) {
      boolean signed = integer.group(1).isEmpty();
      int bits = Integer.parseInt(integer.group(2));
      return bits > MOST_BITS || signed && bits == 1
          ? null
          : format(signed, bits, bits, OverflowMode.AP_SAT);
    }
    if (fixed.matches()) {
      int bits = Integer.parseInt(fixed.group(1));
      return bits > MOST_BITS || bits == 1
          ? null
          : format(true, bits, Integer.parseInt(fixed.group(2)), OverflowMode.AP_SAT);
    }
    return switch (type) {
      case "BINARY" -> format(false, 1, 1, OverflowMode.AP_SAT);
      case "BIPOLAR" -> Quantizer.SIGN;
      case "TERNARY" -> format(true, 2, 2, OverflowMode.AP_SAT_SYM);
      default -> null;
    };
  }

  private static FixedFormat format(
      boolean signed, int bits, int integerBits, OverflowMode overflow) {
    return new FixedFormat(signed, bits, integerBits, QuantizationMode.AP_RND_CONV, overflow, 0);
  }
}
