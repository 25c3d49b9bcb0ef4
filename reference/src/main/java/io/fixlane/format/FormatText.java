package io.fixlane.format;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The C++ text of a format, both ways. */
final class FormatText {
  private static final Pattern SHAPE = Pattern.compile("\\s*(\\w+)\\s*<([^<>]*)>\\s*");

  private FormatText() {}

  static String print(FixedFormat format) {
    StringBuilder text = new StringBuilder(format.signed() ? "ap_fixed<" : "ap_ufixed<");
    text.append(format.width()).append(',').append(format.integerBits());
    boolean saturates = format.saturationBits() != 0;
    boolean overflows = saturates || format.overflow() != OverflowMode.DEFAULT;
    if (overflows || format.quantization() != QuantizationMode.DEFAULT) {
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
    Matcher shape = SHAPE.matcher(Objects.requireNonNull(text, "text"));
    FormatTemplate template = shape.matches() ? FormatTemplate.named(shape.group(1)) : null;
    if (template == null) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a format: expected ap_fixed<W,I,Q,O,N> or ap_ufixed<W,I,Q,O,N>");
    }
    return template.read(text, shape.group(2).split(",", -1));
  }
}
