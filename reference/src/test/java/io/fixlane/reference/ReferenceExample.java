package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The examples in the documentation of this package. */
abstract class ReferenceExample {
  @Test
  void fixed() {
    // @start region="fixed"
    Fixed x = Fixed.of(0.34375).cast(FixedFormat.parse("ap_fixed<8,3>"));
    assertThat(x).hasToString("0.34375 (ap_fixed<8,3> raw 11, 000.01011)");

    // A product is exact, in a format of its own.
    Fixed square = x.times(x);
    assertThat(square).hasToString("0.1181640625 (ap_fixed<16,6> raw 121, 000000.0001111001)");

    // Only a cast rounds: 3.78125 steps of 1/32, to the nearest.
    Fixed rounded = square.cast(FixedFormat.parse("ap_fixed<8,3,AP_RND,AP_SAT>"));
    assertThat(rounded).hasToString("0.125 (ap_fixed<8,3,AP_RND,AP_SAT> raw 4, 000.00100)");
    // @end
  }

  @Test
  void cast() {
    // @start region="cast"
    // 2.6875 is 010.1011; two bits below its binary point are to be kept.
    FixedFormat target = FixedFormat.parse("ap_fixed<4,2,AP_RND_CONV,AP_SAT>");
    ReferenceCast cast = ReferenceCast.of(BigInteger.valueOf(0b0101011), 4, target);

    assertThat(cast.dropped()).isEqualTo(2);
    assertThat(cast.truncated()).isEqualTo(0b01010);
    assertThat(cast.halfBit()).isTrue();
    assertThat(cast.stickyBit()).isTrue();

    // Above the half: the word goes up to 11, beyond the largest, 7. It saturates.
    assertThat(cast.increment()).isTrue();
    assertThat(cast.quantized()).isEqualTo(11);
    assertThat(cast.overflow()).isEqualTo(ReferenceCast.Overflow.HIGH);
    assertThat(cast.result()).hasToString("1.75 (ap_fixed<4,2,AP_RND_CONV,AP_SAT> raw 7, 01.11)");
    // @end
  }

  @Test
  void lookUp() {
    // @start region="lookUp"
    FixedFormat x = FixedFormat.signed(3, 3);
    FixedFormat result = FixedFormat.parse("ap_ufixed<4,0,AP_RND,AP_SAT>");
    ReferenceLookUp sigmoid =
        ReferenceLookUp.of(x, v -> 1 / (1 + StrictMath.exp(-v)), result);

    // 1 / (1 + e^-2) is 0.8808, and 14.09 / 16.
    assertThat(sigmoid.apply(Fixed.ofRaw(x, 2)).raw()).isEqualTo(14);
    assertThat(sigmoid.table()).extracting(word -> word.raw().intValue())
        .containsExactly(0, 1, 2, 4, 8, 12, 14, 15);
    // @end
  }

  @Test
  void threshold() {
    // @start region="threshold"
    FixedFormat x = FixedFormat.signed(8, 4);
    Fixed start = Fixed.ofRaw(FixedFormat.unsigned(2, 2), 0);
    ReferenceThreshold staircase = new ReferenceThreshold(
        List.of(Fixed.of(-0.5), Fixed.of(1), Fixed.of(2.25)), start, BigInteger.ONE);

    // A threshold that is met counts as reached.
    assertThat(Stream.of(-0.5625, -0.5, 2.0, 7.0)
        .map(value -> staircase.apply(Fixed.of(value).cast(x)).raw().intValue()))
        .containsExactly(0, 1, 2, 3);
    // @end
  }

  @Test
  void gemm() {
    // @start region="gemm"
    FixedFormat word = FixedFormat.signed(4, 4);
    FixedFormat accumulator = FixedFormat.parse("ap_fixed<5,5,AP_TRN,AP_SAT>");
    FixedFormat output = FixedFormat.signed(8, 8);
    ReferenceGemm gemm = new ReferenceGemm(2, 2, 2, new ReferenceStage(accumulator, false, output));

    // | 5  2 |   | 4 1 |
    // | 1 -3 | * | 3 2 |
    List<Fixed> x = LongStream.of(5, 2, 1, -3).mapToObj(raw -> Fixed.ofRaw(word, raw)).toList();
    List<Fixed> y = LongStream.of(4, 1, 3, 2).mapToObj(raw -> Fixed.ofRaw(word, raw)).toList();
    List<Fixed> z = gemm.run(x, y);

    // 5*4 saturates to 15 before 2*3 is added, and saturates again: 15, not 26.
    assertThat(z).extracting(Fixed::raw).extracting(BigInteger::intValue).containsExactly(15, 9, -5,
        -5);
    // @end
  }

  @Test
  void khot() {
    // @start region="khot"
    FixedFormat word = FixedFormat.signed(8, 1);
    Fixed weight = Fixed.ofRaw(word, 109);

    // 109 = 64 + 32 + 8 + 4 + 1: the nearest word of three ones is 64 + 32 + 16.
    ReferenceKHot nearest = new ReferenceKHot(3, KHotRule.NEAREST);
    assertThat(nearest.encode(weight).raw()).isEqualTo(112);

    // In signed digits 109 = 128 - 16 - 4 + 1: the first three of them give 108.
    ReferenceKHot digits = new ReferenceKHot(3, KHotRule.SIGNED_DIGITS);
    assertThat(digits.terms(weight)).hasToString("[+2^7, -2^4, -2^2]");

    // A product takes three shifts and two subtractions: (5 << 7) - (5 << 4) - (5 << 2).
    Fixed product = digits.multiply(Fixed.ofRaw(word, 5), weight);
    assertThat(product).isEqualTo(Fixed.ofRaw(FixedFormat.signed(16, 2), 540));
    // @end
  }

  @Test
  void pool() {
    // @start region="pool"
    FixedFormat word = FixedFormat.signed(4, 4);
    FixedFormat result = FixedFormat.parse("ap_fixed<6,4,AP_RND>");

    // Places of 1 x 3 values, two apart: 3, -2, 4 and 4, 1, 2.
    ReferencePool2d pool =
        new ReferencePool2d(ImageShape.of(1, 5, 1), Window.of(1, 3).withStride(1, 2));
    List<Fixed> x = LongStream.of(3, -2, 4, 1, 2).mapToObj(raw -> Fixed.ofRaw(word, raw)).toList();
    assertThat(pool.max(x)).containsExactly(Fixed.ofRaw(word, 4), Fixed.ofRaw(word, 4));

    // 5/3 and 7/3 are 6.67 and 9.33 quarters.
    assertThat(pool.average(x, result))
        .containsExactly(Fixed.ofRaw(result, 7), Fixed.ofRaw(result, 9));
    // @end
  }
}
