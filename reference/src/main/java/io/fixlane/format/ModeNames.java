package io.fixlane.format;

import static io.fixlane.format.OverflowMode.AP_SAT;
import static io.fixlane.format.OverflowMode.AP_SAT_SYM;
import static io.fixlane.format.OverflowMode.AP_SAT_ZERO;
import static io.fixlane.format.OverflowMode.AP_WRAP;
import static io.fixlane.format.QuantizationMode.AP_RND;
import static io.fixlane.format.QuantizationMode.AP_RND_CONV;
import static io.fixlane.format.QuantizationMode.AP_RND_INF;
import static io.fixlane.format.QuantizationMode.AP_RND_MIN_INF;
import static io.fixlane.format.QuantizationMode.AP_RND_ZERO;
import static io.fixlane.format.QuantizationMode.AP_TRN;
import static io.fixlane.format.QuantizationMode.AP_TRN_ZERO;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the modes of a family of types are written: by name, with one of several prefixes, or as
 * numbers of a C++ enum, plain or cast to it as compilers print them: {@code (ap_q_mode)5}.
 *
 * @param library the prefix of the enum's name, or null where modes have no numbers
 * @param prefixes what stands in front of a name; the first one is the family's own
 * @param quantizations the quantization modes in the order of their numbers
 * @param overflows the overflow modes in the order of their numbers
 */
record ModeNames(
    @Nullable String library, List<String> prefixes, List<QuantizationMode> quantizations,
    List<OverflowMode> overflows) {

  /** The header defines the names of SystemC as aliases. */
  static final ModeNames AP = new ModeNames(
      "ap", List.of("AP_", "SC_"), List.of(QuantizationMode.values()),
      List.of(OverflowMode.values()));

  /** The enums of ac_int.h, but for AC_RND_CONV_ODD, the eighth quantization mode. */
  static final ModeNames AC = new ModeNames(
      "ac", List.of("AC_"),
      List.of(AP_TRN, AP_RND, AP_TRN_ZERO, AP_RND_ZERO, AP_RND_INF, AP_RND_MIN_INF, AP_RND_CONV),
      List.of(AP_WRAP, AP_SAT, AP_SAT_ZERO, AP_SAT_SYM));

  /** hls4ml writes no prefix, and reads both. */
  static final ModeNames HLS4ML =
      new ModeNames(null, List.of("", "AP_", "AC_"), AC.quantizations, AC.overflows);

  private static final String OWN_PREFIX = "AP_";

  QuantizationMode quantization(String word) {
    if (this == AC && word.equals("AC_RND_CONV_ODD")) {
      throw new IllegalArgumentException(
          "Q is '" + word + "': no mode of ap_fixed rounds ties to the odd word");
    }
    return mode("Q", word, quantizations);
  }

  OverflowMode overflow(String word) {
    return mode("O", word, overflows);
  }

  /** Returns the family's name of a mode. */
  String print(Enum<?> mode) {
    return prefixes.getFirst() + bare(mode);
  }

  private static String bare(Enum<?> mode) {
    return mode.name().substring(OWN_PREFIX.length());
  }

  private <M extends Enum<M>> M mode(String parameter, String word, List<M> modes) {
    Integer number = number(parameter, word);
    if (number != null && number < modes.size()) {
      return modes.get(number);
    }
    return modes.stream()
        .filter(mode -> prefixes.stream().anyMatch(prefix -> word.equals(prefix + bare(mode))))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            parameter + " is '" + word + "': expected one of "
                + modes.stream().map(this::print).collect(Collectors.joining(", "))));
  }

  private @Nullable Integer number(String parameter, String word) {
    if (library == null) {
      return null;
    }
    String type = library + (parameter.equals("Q") ? "_q_mode" : "_o_mode");
    Matcher number =
        Pattern.compile("(?:\\(\\s*" + type + "\\s*\\)\\s*)?([0-9]{1,2})").matcher(word);
    return number.matches() ? Integer.valueOf(number.group(1)) : null;
  }
}
