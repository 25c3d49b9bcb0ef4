package io.fixlane.reference;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Finite doubles of every kind: of any bits, subnormal, few significant bits, edges. */
final class Doubles extends DomainContextBase {
  @Provide
  static Arbitrary<Double> doubles() {
    Arbitrary<Double> anyBits =
        Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
    Arbitrary<Double> subnormal =
        Arbitraries.longs().between(1, (1L << 52) - 1).map(Double::longBitsToDouble);
    Arbitrary<Double> nearOne =
        Combinators.combine(
            Arbitraries.longs().between(-(1L << 53), 1L << 53),
            Arbitraries.integers().between(-60, 0))
            .as((significand, exponent) -> Math.scalb((double) significand, exponent));
    Arbitrary<Double> few =
        Combinators
            .combine(Arbitraries.integers().between(-64, 64),
                Arbitraries.integers().between(-10, 4))
            .as((significand, exponent) -> Math.scalb((double) significand, exponent));
    Arbitrary<Double> edges =
        Arbitraries.of(0.0, -0.0, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MIN_NORMAL,
            -Double.MIN_NORMAL,
            Math.nextDown(Double.MIN_NORMAL), Double.MAX_VALUE, -Double.MAX_VALUE, 1.0,
            Math.nextDown(1.0),
            0x1p53, 0x1p53 - 1, 0x1p1023, -0x1p1023);
    return Arbitraries.oneOf(anyBits, subnormal, nearOne, few, edges);
  }
}
