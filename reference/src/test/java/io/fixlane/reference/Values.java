package io.fixlane.reference;

import io.fixlane.arbitrary.Formats;
import io.fixlane.format.FixedFormat;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Random formats and values, crowded at 0, at the ends of ranges, at powers of 2 and at ties. */
final class Values extends DomainContextBase {

  @Provide
  static Arbitrary<FixedFormat> formats() {
    return Formats.formats();
  }

  @Provide
  static Arbitrary<Fixed> values() {
    return of(Formats.formats());
  }

  static Arbitrary<Fixed> of(Arbitrary<FixedFormat> formats) {
    return formats.flatMap(format -> words(format).map(raw -> new Fixed(format, raw)));
  }

  private static Arbitrary<BigInteger> words(FixedFormat format) {
    Arbitrary<BigInteger> few = Arbitraries.integers().between(-4, 4).map(BigInteger::valueOf);
    Arbitrary<Integer> places = Arbitraries.integers().between(0, format.width());
    return Arbitraries.oneOf(
        few,
        few.map(format.maxRaw()::add),
        Combinators.combine(few, places).as((near, place) -> BigInteger.TWO.pow(place).add(near)),
        Combinators.combine(Arbitraries.integers().between(-64, 64), places)
            .as((short_, zeros) -> BigInteger.valueOf(short_).shiftLeft(zeros)),
        Arbitraries.bigIntegers().between(format.minRaw(), format.maxRaw()))
        .map(format::wrap);
  }
}
