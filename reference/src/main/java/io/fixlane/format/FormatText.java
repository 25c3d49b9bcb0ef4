package io.fixlane.format;

import static io.fixlane.format.OverflowMode.AP_WRAP;
import static io.fixlane.format.QuantizationMode.AP_TRN;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The C++ text of a format, both ways. */
final class FormatText {
  private static final Pattern SHAPE = Pattern.compile("\\s*(ap_u?fixed)\\s*<([^<>]*)>\\s*");
  // Less than Integer.parseInt takes, which knows a leading + and the digits of every script.
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

  private FormatText() {}

  static String print(FixedFormat format) {
    StringBuilder text = new StringBuilder(format.signed() ? "ap_fixed<" : "ap_ufixed<");
    text.append(format.width()).append(',').append(format.integerBits());
    boolean saturates = format.saturationBits() != 0;
    boolean overflows = saturates || format.overflow() != AP_WRAP;
    if (overflows || format.quantization() != AP_TRN) {
      text.append(',').append(format.quantization());
    }
    if (overflows) {
      text.append(',').append(format.overflow());
    }
    if (saturates) {
      text.append(',').append(format.saturationBits());
    }
    return text.append('>').toString();
  }

  static FixedFormat parse(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a format: expected ap_fixed<W,I,Q,O,N> or ap_ufixed<W,I,Q,O,N>");
    }
    String[] arguments = shape.group(2).split(",", -1);
    if (arguments.length < 2 || arguments.length > 5) {
      throw new IllegalArgumentException(
          "'" + text + "' has " + arguments.length
              + " arguments: a format takes 2 to 5, W,I,Q,O,N");
    }
    try {
      return new FixedFormat(
          shape.group(1).equals("ap_fixed"),
          integer("W", arguments[0]),
          integer("I", arguments[1]),
          arguments.length > 2 ? mode("Q", arguments[2], QuantizationMode.class) : AP_TRN,
          arguments.length > 3 ? mode("O", arguments[3], OverflowMode.class) : AP_WRAP,
          arguments.length > 4 ? integer("N", arguments[4]) : 0);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "' is not a format: " + e.getMessage(), e);
    }
  }

  private static int integer(String name, String argument) {
    String digits = argument.strip();
    if (!INTEGER.matcher(digits).matches()) {
      throw new IllegalArgumentException(
          name + " is '" + digits + "': expected an integer, an optional - and digits from 0 to 9");
    }
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + " is '" + digits + "': expected an integer of 32 bits", e);
    }
  }

  private static <M extends Enum<M>> M mode(String name, String argument, Class<M> modes) {
    String word = argument.strip();
    return Arrays.stream(modes.getEnumConstants())
        .filter(mode -> mode.name().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            name + " is '" + word + "': expected one of " + Arrays.stream(modes.getEnumConstants())
                .map(Enum::name)
                .collect(Collectors.joining(", "))));
  }
}
