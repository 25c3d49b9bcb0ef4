package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

/** Values compare as the rationals that they are, whatever their formats. */
@Domain(Values.class)
class CompareTest {
  @Property
  void theOrderIsThatOfRationals(@ForAll Fixed x, @ForAll Fixed y) {
    int expected = Rationals.value(x).compareTo(Rationals.value(y));
    assertThat(Integer.signum(x.compareTo(y))).isEqualTo(expected);
    assertThat(Integer.signum(y.compareTo(x))).isEqualTo(-expected);
  }

  @Property
  void neighboursAreToldApartInAnotherFormat(@ForAll Fixed x, @ForAll Fixed y) {
    FixedFormat wider = x.format().plus(y.format());
    Fixed same = x.cast(wider);
    Fixed next = new Fixed(wider, same.raw().add(BigInteger.ONE));
    assertThat(x).isEqualByComparingTo(same).isLessThan(next);
    assertThat(next).isGreaterThan(x);
  }

  /** The word reaches the value, and the one below it does not; both may lie beyond the format. */
  @Property
  void theCeilingIsTheFirstWordThatReaches(@ForAll Fixed x, @ForAll FixedFormat format) {
    BigInteger ceiling = x.ceilingIn(format);
    BigInteger beyond = format.maxRaw().add(BigInteger.ONE);
    assertThat(ceiling).isBetween(format.minRaw(), beyond);
    if (!ceiling.equals(beyond)) {
      assertThat(new Fixed(format, ceiling)).isGreaterThanOrEqualTo(x);
    }
    if (!ceiling.equals(format.minRaw())) {
      assertThat(new Fixed(format, ceiling.subtract(BigInteger.ONE))).isLessThan(x);
    }
  }

  @Test
  void theCeilingWhereBinaryPointsLieFarApart() {
    FixedFormat high = FixedFormat.signed(8, 2_000_000_000);
    FixedFormat low = FixedFormat.signed(8, -2_000_000_000);
    assertThat(Fixed.ofRaw(low, 1).ceilingIn(high)).isEqualTo(1);
    assertThat(Fixed.ofRaw(low, -1).ceilingIn(high)).isEqualTo(0);
    assertThat(Fixed.ofRaw(low, 0).ceilingIn(high)).isEqualTo(0);
    assertThat(Fixed.ofRaw(high, 1).ceilingIn(low)).isEqualTo(128);
    assertThat(Fixed.ofRaw(high, -1).ceilingIn(low)).isEqualTo(-128);
    assertThat(Fixed.ofRaw(high, 0).ceilingIn(low)).isEqualTo(0);
  }

  @Test
  void theOrderHoldsWhereBinaryPointsLieFarApart() {
    FixedFormat high = FixedFormat.signed(8, 2_000_000_000);
    FixedFormat low = FixedFormat.signed(8, -2_000_000_000);
    FixedFormat middle = FixedFormat.signed(8, 4);
    List<Fixed> ascending =
        List.of(
            Fixed.ofRaw(high, -1),
            Fixed.ofRaw(middle, -128),
            Fixed.ofRaw(middle, -1),
            Fixed.ofRaw(low, -128),
            Fixed.ofRaw(low, -1),
            Fixed.ofRaw(high, 0),
            Fixed.ofRaw(low, 1),
            Fixed.ofRaw(low, 127),
            Fixed.ofRaw(middle, 1),
            Fixed.ofRaw(middle, 127),
            Fixed.ofRaw(high, 1));
    for (int i = 0; i < ascending.size(); i++) {
      for (int j = 0; j < ascending.size(); j++) {
        int order = Integer.signum(ascending.get(i).compareTo(ascending.get(j)));
        assertThat(order).as("%d and %d", i, j).isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @Test
  void zerosAreEqualWhereverTheirBinaryPointsLie() {
    List<Fixed> zeros = Stream.of(2_000_000_000, 0, -2_000_000_000)
        .map(i -> Fixed.ofRaw(FixedFormat.signed(8, i), 0))
        .toList();
    for (Fixed zero : zeros) {
      assertThat(zeros).allSatisfy(other -> assertThat(zero.compareTo(other)).isZero());
    }
  }

  @Test
  void equalValuesOfTwoFormatsAreNotEqualObjects() {
    Fixed half = Fixed.ofRaw(FixedFormat.signed(4, 3), 1);
    Fixed alsoHalf = Fixed.ofRaw(FixedFormat.signed(4, 2), 2);
    assertThat(half).isEqualByComparingTo(alsoHalf).isNotEqualTo(alsoHalf);
  }
}
