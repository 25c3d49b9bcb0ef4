package io.fixlane.format;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The C++ class templates whose types are formats: AMD's {@code ap_fixed}, hls4ml's {@code fixed},
 * hlslibs' {@code ac_fixed}, and the integers beside them, which are formats with I = W.
 */
enum FormatTemplate {
  AP_FIXED("ap_fixed", "WIQON", true, ModeNames.AP),
  AP_UFIXED("ap_ufixed", "WIQON", false, ModeNames.AP),
  AP_INT("ap_int", "W", true, ModeNames.AP),
  AP_UINT("ap_uint", "W", false, ModeNames.AP),
  FIXED("fixed", "WIQON", true, ModeNames.HLS4ML),
  UFIXED("ufixed", "WIQON", false, ModeNames.HLS4ML),
  INT("int", "W", true, ModeNames.HLS4ML),
  UINT("uint", "W", false, ModeNames.HLS4ML),
  AC_FIXED("ac_fixed", "WISQO", true, ModeNames.AC),
  AC_INT("ac_int", "WS", true, ModeNames.AC);

  // Less than Integer.parseInt takes, which knows a leading + and the digits of every script.
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

  private final String text;
  private final String parameters;
  private final boolean signed;
  private final ModeNames modes;

  /**
   * Describes a template.
   *
   * @param text its name
   * @param parameters one letter for each parameter, S for whether the type is signed; all but W
   *     and I may be left out
   * @param signed whether the type is signed where no S says so
   * @param modes how its modes are written
   */
  FormatTemplate(String text, String parameters, boolean signed, ModeNames modes) {
    this.text = text;
    this.parameters = parameters;
    this.signed = signed;
    this.modes = modes;
  }

  static @Nullable FormatTemplate named(String name) {
    return Stream.of(values()).filter(t -> t.text.equals(name)).findFirst().orElse(null);
  }

  /**
   * Returns the type with these arguments.
   *
   * @param type the whole text, for the messages
   */
  FixedFormat read(String type, String[] arguments) {
    int required = parameters.indexOf('I') < 0 ? 1 : 2;
    if (arguments.length < required || arguments.length > parameters.length()) {
      throw new IllegalArgumentException("'" + type + "' has " + arguments.length
          + " arguments: a format takes " + required
          + (required == parameters.length() ? "" : " to " + parameters.length()) + ", "
          + String.join(",", parameters.split("")));
    }
    try {
      String w = argument('W', arguments, "");
      return new FixedFormat(
          bool("S", argument('S', arguments, String.valueOf(signed))),
          integer("W", w),
          integer("I", argument('I', arguments, w)),
          modes.quantization(argument('Q', arguments, modes.print(QuantizationMode.DEFAULT))),
          modes.overflow(argument('O', arguments, modes.print(OverflowMode.DEFAULT))),
          integer("N", argument('N', arguments, "0")));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + type + "' is not a format: " + e.getMessage(), e);
    }
  }

  private String argument(char parameter, String[] arguments, String otherwise) {
    int index = parameters.indexOf(parameter);
    return index >= 0 && index < arguments.length ? arguments[index].strip() : otherwise;
  }

  private static int integer(String name, String digits) {
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

  private static boolean bool(String name, String word) {
    return switch (word) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new IllegalArgumentException(
          name + " is '" + word + "': expected true or false");
    };
  }
}
