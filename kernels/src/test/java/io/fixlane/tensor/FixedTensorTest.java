package io.fixlane.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.fixture.MemoryKind;
import io.fixlane.kernels.fixture.OneWidth;
import io.fixlane.reference.Fixed;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Words go in and come out unchanged, whatever the memory; what does not fit is refused. */
@OneWidth
class FixedTensorTest {
  private static final FixedFormat S8 = FixedFormat.signed(8, 3);
  private static final FixedFormat U64 = FixedFormat.unsigned(64, 64);

  @Property
  void wordsOfEveryWidthLieInAnyMemory(
      @ForAll boolean signed, @ForAll @IntRange(min = 1, max = 64) int width,
      @ForAll MemoryKind memory,
      @ForAll @IntRange(max = 17) int offset, @ForAll @IntRange(max = 20) int size,
      @ForAll long seed) {
    FixedFormat format = signed ? FixedFormat.signed(width, 3) : FixedFormat.unsigned(width, 3);
    int bytes = width <= 8 ? 1 : width <= 16 ? 2 : width <= 32 ? 4 : 8;
    MemorySegment words = memory.allocate((long) size * bytes, offset);
    FixedTensor tensor = FixedTensor.of(format, words, size);
    BigInteger[] raws = new BigInteger[size];
    Random random = new Random(seed);
    for (int i = 0; i < size; i++) {
      raws[i] = switch (random.nextInt(4)) {
        case 0 -> format.minRaw();
        case 1 -> format.maxRaw();
        default -> format.wrap(new BigInteger(64, random));
      };
      tensor.setRaw(i, raws[i].longValue());
    }
    ByteBuffer memoryWords =
        ByteBuffer.wrap(words.toArray(ValueLayout.JAVA_BYTE)).order(ByteOrder.nativeOrder());
    FixedTensor readOnly = FixedTensor.of(format, words.asReadOnly(), size);
    for (int i = 0; i < size; i++) {
      assertThat(tensor.raw(i)).isEqualTo(raws[i].longValue());
      assertThat(tensor.value(i)).isEqualTo(new Fixed(format, raws[i]));
      assertThat(readOnly.get(i)).isEqualTo(new Fixed(format, raws[i]));
      // The word in memory is the raw word modulo the container.
      long low = switch (bytes) {
        case 1 -> memoryWords.get();
        case 2 -> memoryWords.getShort();
        case 4 -> memoryWords.getInt();
        default -> memoryWords.getLong();
      };
      assertThat(low).isEqualTo(raws[i].longValue() << (64 - 8 * bytes) >> (64 - 8 * bytes));
    }
    assertThat(tensor.firstOutOfRange()).isEmpty();
    assertThat(readOnly.contentEquals(tensor)).isTrue();
  }

  @Property
  void aWordOutOfRangeIsRefusedOrFound(
      @ForAll boolean signed, @ForAll @IntRange(min = 1, max = 63) int width, @ForAll long raw) {
    FixedFormat format = signed ? FixedFormat.signed(width, 3) : FixedFormat.unsigned(width, 3);
    FixedTensor tensor = FixedTensor.allocate(format, 3);
    if (format.contains(BigInteger.valueOf(raw))) {
      tensor.setRaw(1, raw);
      assertThat(tensor.raw(1)).isEqualTo(raw);
    } else {
      assertThatIllegalArgumentException().isThrownBy(() -> tensor.setRaw(1, raw))
          .withMessage(
              "raw word %d is out of range for %s: it must lie in %d..%d", raw, format,
              format.minRaw(),
              format.maxRaw());
      assertThat(tensor.raw(1)).isZero();
    }
    tensor.segment().fill((byte) (signed ? 0x7f : 0xff));
    boolean full = Integer.bitCount(width) == 1 && width >= 8;
    assertThat(tensor.firstOutOfRange().isPresent()).isEqualTo(!full);
  }

  @Test
  void theFirstWordOutOfRangeIsFound() {
    FixedFormat format = FixedFormat.unsigned(5, 5);
    assertThat(FixedTensor.of(format, new byte[] {0, 31, 32, -1}, 4).firstOutOfRange()).hasValue(2);
    assertThat(FixedTensor.of(format, new byte[] {0, 31}, 2).firstOutOfRange()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FixedTensor.of(format, new byte[] {32}, 1).value(0))
        .withMessage("raw word 32 is out of range for ap_ufixed<5,5>: it must lie in 0..31");
  }

  @Test
  void anUnsignedWordOf64BitsIsItsBits() {
    FixedTensor tensor = FixedTensor.of(U64, new long[] {-1}, 1);
    assertThat(tensor.raw(0)).isEqualTo(-1);
    assertThat(tensor.value(0).raw()).isEqualTo(U64.maxRaw());
    tensor.setRaw(0, Long.MIN_VALUE);
    assertThat(tensor.value(0).raw()).isEqualTo(BigInteger.TWO.pow(63));
  }

  @Test
  void aCopyIsApart() {
    byte[] words = {1, -2, 3};
    FixedTensor copy = FixedTensor.of(S8, words, 3, 1).copy();
    words[0] = 9;
    assertThat(copy.contentEquals(FixedTensor.of(S8, new byte[] {1, -2, 3}, 3, 1))).isTrue();
    copy.setRaw(1, 5);
    assertThat(words).containsExactly(9, -2, 3);
  }

  @Test
  void bitsAreReadInAnotherFormat() {
    FixedFormat u8 = FixedFormat.unsigned(8, 8);
    FixedTensor words = FixedTensor.of(S8, new byte[] {-1, 2}, 2);
    FixedTensor view = words.viewAs(u8);
    assertThat(view.raw(0)).isEqualTo(255);
    view.setRaw(1, 128);
    assertThat(words.raw(1)).isEqualTo(-128);
    FixedFormat s4 = FixedFormat.signed(4, 2);
    FixedFormat u4 = FixedFormat.unsigned(4, 4);
    FixedTensor narrow = FixedTensor.of(s4, new byte[] {-1, -8, 7}, 3);
    assertThat(narrow.viewAs(FixedFormat.signed(4, 9)).value(1).toDouble()).isEqualTo(-256);
    FixedTensor unsigned = narrow.copyAs(u4);
    assertThat(unsigned.contentEquals(FixedTensor.of(u4, new byte[] {15, 8, 7}, 3))).isTrue();
    assertThat(unsigned.copyAs(s4).contentEquals(narrow)).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> narrow.viewAs(u4))
        .withMessage("other is ap_ufixed<4,4>: words of ap_fixed<4,2> are extended to 8 bits,"
            + " which only copyAs can change");
    for (ThrowingCallable call : List.<ThrowingCallable>of(
        () -> narrow.viewAs(S8), () -> narrow.copyAs(S8))) {
      assertThatIllegalArgumentException().isThrownBy(call).withMessage(
          "other is ap_fixed<8,3>: it must be 4 bits wide, as ap_fixed<4,2>");
    }
  }

  @Test
  void arraysAreViewed() {
    byte[] bytes = new byte[6];
    FixedTensor.of(S8, bytes, 2, 3).setRaw(4, -7);
    assertThat(bytes).containsExactly(0, 0, 0, 0, -7, 0);
    short[] shorts = {-1};
    assertThat(FixedTensor.of(FixedFormat.unsigned(16, 3), shorts, 1).raw(0)).isEqualTo(0xffff);
    int[] ints = {-1};
    assertThat(FixedTensor.of(FixedFormat.unsigned(32, 3), ints, 1).raw(0)).isEqualTo(0xffff_ffffL);
    long[] longs = {-1};
    assertThat(FixedTensor.of(FixedFormat.signed(33, 3), longs).raw(0)).isEqualTo(-1);
  }

  @Test
  void theArrayMustBeTheNarrowestThatHoldsTheFormat() {
    assertThatIllegalArgumentException().isThrownBy(() -> FixedTensor.of(S8, new short[1], 1))
        .withMessage(
            "words is short[]: words of ap_fixed<8,3> lie in byte[],"
                + " the narrowest that holds them");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FixedTensor.of(FixedFormat.unsigned(9, 3), new byte[2], 1))
        .withMessage(
            "words is byte[]: words of ap_ufixed<9,3> lie in short[],"
                + " the narrowest that holds them");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FixedTensor.of(FixedFormat.signed(33, 3), new int[2], 1))
        .withMessage(
            "words is int[]: words of ap_fixed<33,3> lie in long[], the narrowest that holds them");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FixedTensor.of(FixedFormat.signed(32, 3), new long[1], 1))
        .withMessage(
            "words is long[]: words of ap_fixed<32,3> lie in int[], the narrowest that holds them");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FixedTensor.allocate(FixedFormat.signed(65, 3)))
        .withMessage("ap_fixed<65,3> is wider than 64 bits: kernels hold words of at most 64 bits");
  }

  @Test
  void theMemoryMustHaveTheWordsOfTheShape() {
    assertThatIllegalArgumentException().isThrownBy(() -> FixedTensor.of(S8, new byte[5], 2, 3))
        .withMessage("words has 5 words: shape [2, 3] holds 6");
    assertThatIllegalArgumentException().isThrownBy(() -> FixedTensor.of(S8, new byte[2]))
        .withMessage("words has 2 words: shape [] holds 1");
    MemorySegment seven = MemorySegment.ofArray(new byte[7]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FixedTensor.of(FixedFormat.signed(12, 3), seven, 3))
        .withMessage("words has 7 bytes: it must have words of 2 bytes");
    assertThatIllegalArgumentException().isThrownBy(() -> FixedTensor.of(S8, new byte[2], 2, -1))
        .withMessage("shape is [2, -1]: a dimension must be at least 0");
    int huge = Integer.MAX_VALUE;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FixedTensor.of(S8, new byte[2], huge, huge, huge))
        .withMessage("shape is [%1$d, %1$d, %1$d]: it must hold at most 2^63 - 1 words", huge);
    // 2^64 is not mistaken for 0.
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FixedTensor.of(S8, new byte[0], 1 << 16, 1 << 16, 1 << 16, 1 << 16))
        .withMessage("shape is [65536, 65536, 65536, 65536]: it must hold at most 2^63 - 1 words");
    assertThatIllegalArgumentException().isThrownBy(() -> FixedTensor.allocate(S8, huge, 2))
        .withMessage(
            "a new tensor takes an array of 4294967294 bytes: an array holds at most 2147483639,"
                + " so take slices, or a view of a MemorySegment");
    assertThat(FixedTensor.allocate(S8, huge, huge, huge, 0).size()).isZero();
  }

  @Test
  void theShapeIsCopied() {
    int[] shape = {2, 3};
    FixedTensor tensor = FixedTensor.allocate(S8, shape);
    shape[0] = 9;
    tensor.shape()[1] = 9;
    assertThat(tensor.shape()).containsExactly(2, 3);
    assertThat(tensor.rank()).isEqualTo(2);
    assertThat(tensor.size()).isEqualTo(6);
    assertThat(tensor.format()).isEqualTo(S8);
  }

  @Test
  void anIndexMustLieInTheShape() {
    FixedTensor tensor = counting(2, 3, 4);
    assertThat(tensor.get(1, 2, 3)).isEqualTo(Fixed.ofRaw(S8, 23));
    assertThat(tensor.get(1, 0, 2)).isEqualTo(Fixed.ofRaw(S8, 14));
    assertThatThrownBy(() -> tensor.get(0, 3, 0)).isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("index [0, 3, 0] lies outside shape [2, 3, 4]");
    assertThatThrownBy(() -> tensor.get(0, 0)).isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("index [0, 0] lies outside shape [2, 3, 4]");
    assertThatThrownBy(() -> tensor.get(0, 0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tensor.raw(24)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tensor.raw(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tensor.setRaw(24, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(FixedTensor.allocate(S8).get()).isEqualTo(Fixed.ofRaw(S8, 0));
  }

  @Test
  void readOnlyMemoryIsNotWritten() {
    FixedTensor tensor = FixedTensor.of(S8, MemorySegment.ofArray(new byte[1]).asReadOnly(), 1);
    assertThatIllegalArgumentException().isThrownBy(() -> tensor.setRaw(0, 1));
    assertThat(tensor.raw(0)).isZero();
  }

  @Property
  void slicesAndRowsAreViews(
      @ForAll @IntRange(min = 1, max = 64) int width, @ForAll @IntRange(max = 4) int from,
      @ForAll @IntRange(max = 4) int length) {
    FixedTensor tensor = FixedTensor.allocate(FixedFormat.unsigned(width, 3), 8, 2, 3);
    for (int i = 0; i < 48; i++) {
      tensor.setRaw(i, i & (1L << Math.min(width, 6)) - 1);
    }
    FixedTensor slice = tensor.slice(from, from + length);
    assertThat(slice.shape()).containsExactly(length, 2, 3);
    FixedTensor row = tensor.row(from);
    assertThat(row.shape()).containsExactly(2, 3);
    for (int i = 0; i < 6; i++) {
      assertThat(row.raw(i)).isEqualTo(tensor.raw(6 * from + i));
    }
    for (int i = 0; i < 6 * length; i++) {
      assertThat(slice.raw(i)).isEqualTo(tensor.raw(6 * from + i));
    }
    row.setRaw(5, 1);
    assertThat(tensor.get(from, 1, 2).raw()).isEqualTo(1);
    assertThat(row.row(1).row(2).value(0).raw()).isEqualTo(1);
  }

  @Test
  void aSliceMustLieInTheFirstDimension() {
    FixedTensor tensor = counting(2, 3);
    assertThatThrownBy(() -> tensor.slice(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tensor.slice(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tensor.row(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatIllegalArgumentException().isThrownBy(() -> FixedTensor.allocate(S8).row(0))
        .withMessage("the tensor is a scalar: only one of a dimension or more has slices");
    assertThat(FixedTensor.allocate(S8, 0, 5).slice(0, 0).shape()).containsExactly(0, 5);
  }

  @Test
  void reshapeKeepsTheWords() {
    FixedTensor tensor = counting(2, 6);
    FixedTensor reshaped = tensor.reshape(3, 4);
    assertThat(reshaped.get(2, 3)).isEqualTo(tensor.get(1, 5));
    reshaped.setRaw(0, 99);
    assertThat(tensor.raw(0)).isEqualTo(99);
    assertThatIllegalArgumentException().isThrownBy(() -> tensor.reshape(5))
        .withMessage("the tensor has 12 words: shape [5] holds 5");
  }

  @Test
  void contentsAreEqualInFormatShapeAndWords() {
    FixedTensor tensor = counting(2, 3);
    assertThat(tensor.contentEquals(counting(2, 3))).isTrue();
    assertThat(tensor.contentEquals(counting(3, 2))).isFalse();
    assertThat(
        tensor.contentEquals(FixedTensor.of(FixedFormat.signed(8, 4), tensor.segment(), 2, 3)))
        .isFalse();
    FixedTensor other = counting(2, 3);
    other.setRaw(5, 0);
    assertThat(tensor.contentEquals(other)).isFalse();
    assertThat(tensor).isNotEqualTo(counting(2, 3));
  }

  private static FixedTensor counting(int... shape) {
    FixedTensor tensor = FixedTensor.allocate(S8, shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.setRaw(i, i);
    }
    return tensor;
  }
}
