package io.fixlane.cli.cast;

import static io.fixlane.cli.cast.QuantizationRule.digit;

import io.fixlane.cli.cast.Explanation.Role;
import io.fixlane.cli.text.BitText;
import io.fixlane.cli.text.ExactText;
import io.fixlane.format.FixedFormat;
import io.fixlane.reference.ReferenceCast;
import io.fixlane.reference.ReferenceCast.Overflow;
import java.math.BigInteger;

/** The rules of the overflow modes as text; {@link ReferenceCast} is what applies them. */
public final class OverflowRule {
  private OverflowRule() {}

  /** Returns the rule of a mode in a format that has it. */
  public static String rule(FixedFormat format) {
    int n = format.saturationBits();
    return switch (format.overflow()) {
      case AP_SAT -> "the nearest of min and max";
      case AP_SAT_SYM -> !format.minKeptRaw().equals(format.minRaw())
          ? "the nearest of -max and max; min itself overflows"
          : "the nearest of min and max" + (format.signed() ? ": one bit has only -1 below 0" : "");
      case AP_SAT_ZERO -> "0";
      case AP_WRAP -> n == 0
          ? "the low W bits of q"
          : format.signed()
              ? "MSB = s; the next N-1 bits = !s; the others as they wrap"
              : "the top N bits = 1; the others as they wrap";
      case AP_WRAP_SM -> switch (n) {
        case 0 -> "d = the source's bit above the MSB; if d != the wrapped MSB, invert; MSB = d";
        case 1 -> "if s != the wrapped MSB, invert all bits; MSB = s";
        default -> "if bit W-N = s, invert all bits; MSB = s; the next N-1 bits = !s";
      };
    };
  }

  /**
   * Returns whether v is shifted beyond every bit of the destination: the cast's own q then stands
   * for one that is further out.
   */
  static boolean beyond(ReferenceCast cast, long n) {
    return cast.dropped() != n && cast.source().signum() != 0 && n < 0;
  }

  /** Adds how a cast's overflow is decided, and each step of what becomes of it; n = Fs - Fd. */
  static void explain(ReferenceCast cast, long n, Explanation.Builder lines) {
    FixedFormat target = cast.target();
    String mode = target.overflow().name();
    String q = beyond(cast, n) ? "q" : "q = " + ExactText.elide(cast.quantized().toString());
    // The ends of a wide range are long numbers, which stand above in powers of two.
    boolean narrow = target.width() <= 32;
    String low = narrow ? target.minKeptRaw().toString() : "min";
    String high = narrow ? target.maxKeptRaw().toString() : "max";
    if (cast.overflow() == Overflow.NONE) {
      lines.entry(mode,
          low + " <= " + (narrow ? q : "q") + " <= " + high + ": q is in range and stays as it is");
      return;
    }
    String comparison = cast.overflow() == Overflow.HIGH ? " > " + high : " < " + low;
    lines.entry(mode, Role.LOST, q + comparison + ": overflow");
    lines.entry("", "the rule: " + rule(target));
    switch (target.overflow()) {
      case AP_SAT, AP_SAT_SYM, AP_SAT_ZERO -> {
        // The rule says it all.
      }
      case AP_WRAP -> {
        wrapped(cast, lines);
        if (target.saturationBits() > 0) {
          topBits(cast, lines);
        }
      }
      case AP_WRAP_SM -> {
        BigInteger wrapped = wrapped(cast, lines);
        if (target.saturationBits() == 0) {
          lines.entry("d", lostBit(cast, n));
        }
        inversion(cast, wrapped, lines);
        topBits(cast, lines);
      }
    }
  }

  /** Adds the low bits of q, and returns them. */
  private static BigInteger wrapped(ReferenceCast cast, Explanation.Builder lines) {
    FixedFormat target = cast.target();
    BigInteger wrapped = target.wrap(cast.quantized());
    lines.entry("wrapped",
        BitText.bits(target, wrapped) + ", the low " + target.width() + " bits of q");
    return wrapped;
  }

  private static boolean msb(ReferenceCast cast) {
    return cast.result().raw().testBit(cast.target().width() - 1);
  }

  private static String lostBit(ReferenceCast cast, long n) {
    int w = cast.target().width();
    String place = "bit W + n = " + w + (n < 0 ? " - " : " + ") + Math.abs(n);
    return w + n < 0
        ? "0: v has no " + place
        : digit(msb(cast)) + ", " + place + " = " + (w + n)
            + " of v, just above the destination's MSB before rounding";
  }

  private static void inversion(ReferenceCast cast, BigInteger wrapped, Explanation.Builder lines) {
    FixedFormat target = cast.target();
    int w = target.width();
    int n = target.saturationBits();
    // The rule leaves this bit as what it was compared with (N <= 1) or as its opposite, so its
    // change tells.
    int witness = w - Math.max(n, 1);
    boolean before = wrapped.testBit(witness);
    boolean inverted = before != cast.result().raw().testBit(witness);
    String reason = n > 1
        ? "bit W-N = " + witness + " of it is " + digit(before) + ", " + (inverted ? "" : "not ")
            + "equal to s = " + digit(cast.negative())
        : (n == 0 ? "d" : "s") + " = " + digit(msb(cast)) + " is " + (inverted ? "not " : "")
            + "its MSB " + digit(before);
    String word = inverted ? BitText.bits(target, target.wrap(wrapped.not())) : "no";
    lines.entry("inverted", word + ", for " + reason);
  }

  private static void topBits(ReferenceCast cast, Explanation.Builder lines) {
    FixedFormat target = cast.target();
    int n = target.saturationBits();
    String text;
    if (!target.signed()) {
      text = "the top " + n + " bits = 1";
    } else {
      String next =
          n > 1 ? ", next N-1 = " + (n - 1) + " bits = !s = " + digit(!cast.negative()) : "";
      text = "MSB = " + (n == 0 ? "d" : "s") + " = " + digit(msb(cast)) + next;
    }
    lines.entry("top", BitText.bits(target, cast.result().raw()) + ", for " + text);
  }
}
