package io.fixlane.cli.search;

import io.fixlane.autograd.search.Formats;
import io.fixlane.autograd.search.Method;
import io.fixlane.autograd.search.SearchSpace;
import io.fixlane.autograd.search.SearchSpace.Modes;
import io.fixlane.cli.console.UserError;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what is tried. */
final class SpaceOptions {
  @Option(
      names = "--bits",
      paramLabel = "W",
      defaultValue = "3..8",
      description = "The widths of weights and activations, such as 3..8 or 4,6 (default: "
          + "${DEFAULT-VALUE}).")
  private String bits;

  @Option(
      names = "--element-bits",
      paramLabel = "W",
      description = "The widths in element-wise layers, each with each of --bits (default: that of "
          + "--bits).")
  private @Nullable String elementBits;

  @Option(
      names = "--khot",
      paramLabel = "K",
      defaultValue = "0,2",
      description = "Of how many signed powers of two weights and scales are sums; 0 multiplies in "
          + "full (default: ${DEFAULT-VALUE}).")
  private String kHot;

  @Option(
      names = "--modes",
      split = ",",
      paramLabel = "Q:O",
      defaultValue = "AP_RND_CONV:AP_SAT",
      description = "How words round and what they do beyond their range, such as "
          + "AP_TRN:AP_WRAP,AP_RND:AP_SAT (default: ${DEFAULT-VALUE}).")
  private List<String> modes;

  @Option(
      names = "--method",
      split = ",",
      paramLabel = "ptq|qfx",
      defaultValue = "ptq,qfx",
      description = "Whether networks are calibrated only, or trained on in fixed point (default: "
          + "both).")
  private List<Method> methods;

  /**
   * Returns what is tried.
   *
   * @throws UserError if an option is wrong
   */
  SearchSpace space() {
    return new SearchSpace(
        List.copyOf(EnumSet.copyOf(methods)),
        NumberList.parse("--bits", bits, 1, Formats.MOST_BITS),
        elementBits == null
            ? List.of()
            : NumberList.parse("--element-bits", elementBits, 1, Formats.MOST_BITS),
        NumberList.parse("--khot", kHot, 0, Formats.MOST_BITS),
        modes());
  }

  private List<Modes> modes() {
    List<Modes> parsed = new ArrayList<>();
    for (String text : modes) {
      String[] parts = text.toUpperCase(Locale.ROOT).split(":", -1);
      if (parts.length != 2) {
        throw new UserError("--modes is " + text
            + ": it must be a quantization and an overflow mode, such as AP_RND_CONV:AP_SAT");
      }
      Modes pair = new Modes(mode(QuantizationMode.class, text, parts[0]),
          mode(OverflowMode.class, text, parts[1]));
      if (!parsed.contains(pair)) {
        parsed.add(pair);
      }
    }
    return List.copyOf(parsed);
  }

  private static <E extends Enum<E>> E mode(Class<E> type, String text, String name) {
    for (E mode : type.getEnumConstants()) {
      if (mode.name().equals(name)) {
        return mode;
      }
    }
    throw new UserError("--modes is " + text + ": " + name + " is none of "
        + List.of(type.getEnumConstants()));
  }
}
