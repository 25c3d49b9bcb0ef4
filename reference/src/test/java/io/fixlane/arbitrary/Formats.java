package io.fixlane.arbitrary;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Random formats, crowded where arithmetic breaks: narrow words and words at the edge of machine
 * words, I below 0 and above W, N of 0, 1 and W.
 */
public final class Formats {
  private Formats() {}

  public static Arbitrary<FixedFormat> formats() {
    Arbitrary<Integer> widths =
        Arbitraries.oneOf(
            Arbitraries.integers().between(1, 8),
            Arbitraries.integers().between(1, 8),
            Arbitraries.of(9, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129),
            Arbitraries.integers().between(1, 200));
    Arbitrary<Integer> integerBits =
        Arbitraries.oneOf(
            Arbitraries.integers().between(-3, 11),
            Arbitraries.integers().between(-3, 11),
            Arbitraries.integers().between(-40, 240));
    return of(widths, integerBits);
  }

  /** Returns formats of these W and I, in every sign, mode and number of saturated bits. */
  public static Arbitrary<FixedFormat> of(Arbitrary<Integer> widths,
      Arbitrary<Integer> integerBits) {
    return Combinators.combine(
        Arbitraries.of(true, false),
        widths,
        integerBits,
        Arbitraries.of(QuantizationMode.class),
        Arbitraries.of(OverflowMode.class),
        Arbitraries.of(0, 1, 2, 3, FixedFormat.MAX_WIDTH))
        .as((signed, w, i, q, o, n) -> new FixedFormat(
            signed || !o.servesUnsigned(), w, i, q, o, Math.min(n, w)));
  }

  /** Returns formats that wrap in this mode and saturate 1 to W bits. */
  public static Arbitrary<FixedFormat> withSaturatedBits(OverflowMode mode) {
    return formats()
        .flatMap(f -> Arbitraries.integers()
            .between(1, f.width())
            .map(n -> new FixedFormat(
                f.signed() || !mode.servesUnsigned(), f.width(), f.integerBits(),
                f.quantization(), mode, n)));
  }
}
