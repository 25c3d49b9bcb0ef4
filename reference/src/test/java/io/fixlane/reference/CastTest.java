package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds for a cast in every mode. */
@Domain(Values.class)
class CastTest {
  @Property
  void aSecondCastChangesNothing(@ForAll Fixed x, @ForAll FixedFormat target) {
    Fixed once = x.cast(target);
    assertThat(once.format()).isEqualTo(target);
    assertThat(once.cast(target)).isEqualTo(once);
    // Through another format of the same words, where the second cast is no plain copy.
    FixedFormat plain = new FixedFormat(
        target.signed(), target.width(), target.integerBits(), target.quantization(),
        OverflowMode.AP_SAT, 0);
    assertThat(once.cast(plain).cast(target)).isEqualTo(once);
  }

  @Property
  void toAWiderFormatAndBackIsTheIdentity(@ForAll Fixed x, @ForAll Fixed y) {
    // The format of x + y holds every value of x.
    FixedFormat wider = x.format().plus(y.format());
    Fixed back = x.cast(wider).cast(x.format());
    boolean avoided = x.format().overflow() == OverflowMode.AP_SAT_SYM
        && x.format().signed()
        && x.format().width() > 1
        && x.raw().equals(x.format().minRaw());
    assertThat(Rationals.value(x.cast(wider))).isEqualTo(Rationals.value(x));
    assertThat(back.raw()).isEqualTo(avoided ? x.raw().add(BigInteger.ONE) : x.raw());
  }

  @Property
  void aQuantizedWordInRangeIsKeptByEveryOverflowMode(@ForAll Fixed x, @ForAll FixedFormat target) {
    BigInteger q = Rationals.quantize(Rationals.value(x), target);
    boolean kept = !Rationals.overflows(q, target)
        && !(target.overflow() == OverflowMode.AP_SAT_SYM && q.equals(target.minRaw()));
    if (kept) {
      assertThat(x.cast(target).raw()).isEqualTo(q);
    }
  }

  @Test
  void aCopyIntoTheVerySameFormatIsPlain() {
    FixedFormat symmetric = FixedFormat.parse("ap_fixed<4,4,AP_TRN,AP_SAT_SYM>");
    Fixed lowest = Fixed.ofRaw(symmetric, -8);
    assertThat(lowest.cast(symmetric)).isEqualTo(lowest);
    // Another quantization mode is another type.
    assertThat(lowest.cast(FixedFormat.parse("ap_fixed<4,4,AP_RND,AP_SAT_SYM>")).raw())
        .isEqualTo(-7);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # Far below the last place nothing is left but the sign.
      5  | ap_fixed<8,4>            | ap_fixed<8,2000000000>               | 0
      -5 | ap_fixed<8,4>            | ap_fixed<8,2000000000>               | -1
      -5 | ap_fixed<8,4>            | ap_ufixed<8,2000000000>              | 255
      5  | ap_fixed<8,4>            | ap_fixed<8,2000000000,AP_RND>        | 0
      -5 | ap_fixed<8,4>            | ap_fixed<8,2000000000,AP_RND_INF>    | 0
      -5 | ap_fixed<8,4>            | ap_fixed<8,2000000000,AP_TRN_ZERO>   | 0
      -5 | ap_fixed<8,4>            | ap_fixed<8,2000000000,AP_RND,AP_WRAP_SM> | 0
      # W - I of the two lie further apart than 32 bits reach.
      -5 | ap_fixed<8,-2000000000>  | ap_fixed<8,2000000000>               | -1
      -5 | ap_fixed<8,-2000000000>  | ap_fixed<8,2000000000,AP_RND_CONV>   | 0
      # Far above, every bit of the destination is 0.
      5  | ap_fixed<8,4>            | ap_fixed<8,-2000000000>              | 0
      5  | ap_fixed<8,4>            | ap_fixed<8,-2000000000,AP_TRN,AP_SAT> | 127
      -5 | ap_fixed<8,4>            | ap_fixed<8,-2000000000,AP_TRN,AP_SAT> | -128
      -5 | ap_fixed<8,4>            | ap_fixed<8,-2000000000,AP_TRN,AP_SAT_SYM> | -127
      -5 | ap_fixed<8,4>            | ap_ufixed<8,-2000000000,AP_TRN,AP_SAT> | 0
      5  | ap_fixed<8,4>            | ap_fixed<8,-2000000000,AP_TRN,AP_SAT_ZERO> | 0
      5  | ap_fixed<8,4>            | ap_fixed<8,-2000000000,AP_TRN,AP_WRAP,2> | 64
      -5 | ap_fixed<8,4>            | ap_fixed<8,-2000000000,AP_TRN,AP_WRAP,2> | -128
      -5 | ap_fixed<8,4>            | ap_ufixed<8,-2000000000,AP_TRN,AP_WRAP,1> | 128
      -5 | ap_fixed<8,4>            | ap_fixed<8,-2000000000,AP_TRN,AP_WRAP_SM> | 0
      -5 | ap_fixed<8,4>            | ap_fixed<8,-2000000000,AP_TRN,AP_WRAP_SM,1> | -1
      5  | ap_fixed<8,4>            | ap_fixed<8,-2000000000,AP_TRN,AP_WRAP_SM,2> | 127
      5  | ap_fixed<8,2000000000>   | ap_fixed<8,-2000000000,AP_TRN,AP_SAT> | 127
      # Zero is zero wherever the binary point lies.
      0  | ap_fixed<8,2000000000>   | ap_fixed<8,-2000000000,AP_TRN,AP_SAT_ZERO> | 0
      0  | ap_fixed<8,-2000000000>  | ap_fixed<8,2000000000,AP_RND_INF>    | 0
      """)
  void shiftsFarBeyondTheWord(long raw, FixedFormat source, FixedFormat target, long expected) {
    assertThat(Fixed.ofRaw(source, raw).cast(target).raw()).isEqualTo(expected);
  }

  @Test
  void theWidestWordsAreCast() {
    FixedFormat widest = FixedFormat.signed(4096, 2048);
    Fixed lowest = new Fixed(widest, widest.minRaw());
    assertThat(lowest.cast(FixedFormat.parse("ap_fixed<4096,4096,AP_RND>")).raw())
        .isEqualTo(BigInteger.TWO.pow(2047).negate());
    assertThat(lowest.cast(FixedFormat.parse("ap_fixed<4096,0,AP_RND,AP_SAT>")).raw())
        .isEqualTo(widest.minRaw());
  }
}
