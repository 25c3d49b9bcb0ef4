package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/**
 * Random formats of at most 64 bits in every mode, crowded where kernels break: words that just
 * fill a container, I below 0 and above W. Binary points lie so that every value is a normal float.
 */
final class Formats extends DomainContextBase {
  @Provide
  static Arbitrary<FixedFormat> formats() {
    return formats(1, 64);
  }

  /** Returns formats of these widths. */
  static Arbitrary<FixedFormat> formats(int minWidth, int maxWidth) {
    Arbitrary<Integer> any = Arbitraries.integers().between(minWidth, maxWidth);
    Integer[] edges = Arbitraries.of(1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64)
        .filter(w -> minWidth <= w && w <= maxWidth)
        .allValues().orElseThrow().toArray(Integer[]::new);
    Arbitrary<Integer> widths =
        edges.length == 0 ? any : Arbitraries.oneOf(any, Arbitraries.of(edges));
    return widths.flatMap(w -> formats(w, Arbitraries.oneOf(
        Arbitraries.integers().between(-3, w + 3),
        Arbitraries.integers().between(-3, w + 3),
        Arbitraries.integers().between(-60, 120))));
  }

  /** Returns formats of width W with these I. */
  static Arbitrary<FixedFormat> formats(int w, Arbitrary<Integer> integerBits) {
    return Combinators.combine(
        Arbitraries.of(true, false),
        integerBits,
        Arbitraries.of(QuantizationMode.class),
        Arbitraries.of(OverflowMode.class),
        Arbitraries.integers().between(0, w))
        .as((signed, i, q, o, n) -> new FixedFormat(
            signed || o == OverflowMode.AP_WRAP_SM, w, i, q, o, n));
  }
}
