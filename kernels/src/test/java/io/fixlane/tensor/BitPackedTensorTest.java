package io.fixlane.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.fixture.Differential;
import io.fixlane.kernels.fixture.MemoryKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packed stream is that of its description, bit by bit, at every width, length, place and kind
 * of memory.
 */
@Differential
class BitPackedTensorTest {
  private static final byte GUARD = 0x5a;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void everyLengthIsPackedAndUnpacked(int width) {
    Random random = new Random(width);
    for (int length = 0; length <= 200; length++) {
      check(width, true, length, MemoryKind.BYTES, 0, random);
      check(width, false, length, MemoryKind.NATIVE, length % 16, random);
    }
  }

  // The kernel works in blocks of 4096 words.
  @ParameterizedTest
  @CsvSource({"1, 4095", "2, 4096", "3, 4097", "4, 8191", "5, 8192", "6, 12289", "7, 10001",
    "3, 8193", "1, 4103"})
  void lengthsAroundABlockArePackedAndUnpacked(int width, int length) {
    check(width, true, length, MemoryKind.BYTES, 0, new Random(length));
    check(width, false, length, MemoryKind.NATIVE, 1, new Random(length));
  }

  @Property(tries = 1000)
  void anyMemoryWillDo(
      @ForAll @IntRange(min = 1, max = 7) int width, @ForAll boolean signed,
      @ForAll @IntRange(max = 200) int length,
      @ForAll MemoryKind memory, @ForAll @IntRange(max = 17) int offset, @ForAll long seed) {
    check(width, signed, length, memory, offset, new Random(seed));
  }

  private static void check(int width, boolean signed, int length, MemoryKind memory, int offset,
      Random random) {
    FixedFormat format = signed ? FixedFormat.signed(width, 1) : FixedFormat.unsigned(width, 1);
    FixedTensor words = FixedTensor.of(format, memory.allocate(length, offset), length);
    // Bit by bit: bit b of word i is bit i x W + b of the stream.
    byte[] expected = new byte[(length * width + 7) / 8];
    for (int i = 0; i < length; i++) {
      words.setRaw(i, format.wrap(BigInteger.valueOf(random.nextInt())).longValue());
      for (int bit = 0; bit < width; bit++) {
        int place = i * width + bit;
        expected[place / 8] |= (byte) ((words.raw(i) >> bit & 1) << place % 8);
      }
    }

    BitPackedTensor packed = BitPackedTensor.pack(words);
    assertThat(packed.segment().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected);

    // Padding may be anything when read, and nothing beside the bytes is read or written.
    if (length * width % 8 != 0) {
      expected[expected.length - 1] |= (byte) (0xff << length * width % 8);
    }
    MemorySegment bytes = memory.allocate(expected.length, offset);
    bytes.copyFrom(MemorySegment.ofArray(expected));
    BitPackedTensor shipped = BitPackedTensor.of(format, bytes.asReadOnly(), length);
    assertThat(shipped.unpack().contentEquals(words)).isTrue();
    MemorySegment guarded = memory.whole(offset + length + 16);
    guarded.fill(GUARD);
    FixedTensor target = FixedTensor.of(format, guarded.asSlice(offset, length), length);
    shipped.unpack(target);
    assertThat(target.contentEquals(words)).isTrue();
    for (long i = 0; i < guarded.byteSize(); i++) {
      if (i < offset || i >= offset + length) {
        assertThat(guarded.get(ValueLayout.JAVA_BYTE, i)).isEqualTo(GUARD);
      }
    }
    for (int i = 0; i < length; i++) {
      assertThat(shipped.raw(i)).isEqualTo(words.raw(i));
    }
  }

  @Test
  void theStreamIsAsDocumented() {
    // ccbbbaaa feeedddc hhhgggff with the letters a to h for 0 to 7.
    FixedTensor words =
        FixedTensor.of(FixedFormat.unsigned(3, 3), new byte[] {0, 1, 2, 3, 4, 5, 6, 7}, 8);
    assertThat(BitPackedTensor.pack(words).segment().toArray(ValueLayout.JAVA_BYTE))
        .containsExactly(0b10_001_000, 0b1_100_011_0, 0b111_110_10);
    FixedTensor signs = FixedTensor.of(FixedFormat.signed(1, 1), new byte[] {-1, 0, 0, -1, -1}, 5);
    assertThat(BitPackedTensor.pack(signs).segment().toArray(ValueLayout.JAVA_BYTE))
        .containsExactly(0b11001);
  }

  @Test
  void shapeAndFormatAreKept() {
    FixedFormat format = FixedFormat.parse("ap_ufixed<4,2,AP_RND,AP_SAT>");
    BitPackedTensor packed = BitPackedTensor.pack(FixedTensor.allocate(format, 3, 5));
    assertThat(packed.format()).isEqualTo(format);
    assertThat(packed.shape()).containsExactly(3, 5);
    assertThat(packed.size()).isEqualTo(15);
    assertThat(packed.unpack().shape()).containsExactly(3, 5);
    assertThat(packed).hasToString("ap_ufixed<4,2,AP_RND,AP_SAT> [3, 5] in 8 bytes");
  }

  @Test
  void theLowBitsOfAWordOutOfRangeAreTaken() {
    FixedTensor words =
        FixedTensor.of(FixedFormat.signed(4, 4), new byte[] {0x7f, (byte) 0x88, 0x10}, 3);
    FixedTensor wrapped = FixedTensor.of(FixedFormat.signed(4, 4), new byte[] {-1, -8, 0}, 3);
    assertThat(BitPackedTensor.pack(words).unpack().contentEquals(wrapped)).isTrue();
  }

  @Test
  void badArgumentsAreRefused() {
    FixedFormat s8 = FixedFormat.signed(8, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BitPackedTensor.pack(FixedTensor.allocate(s8, 2)))
        .withMessage(
            "format is ap_fixed<8,3>: bit-packed words have at most 7 bits,"
                + " wider ones lie in a FixedTensor");
    FixedFormat s3 = FixedFormat.signed(3, 3);
    assertThatIllegalArgumentException().isThrownBy(() -> BitPackedTensor.of(s3, new byte[2], 2, 3))
        .withMessage("bytes has 2 bytes: shape [2, 3] of ap_fixed<3,3> takes 3");
    assertThatIllegalArgumentException().isThrownBy(() -> BitPackedTensor.of(s3, new byte[2], -1))
        .withMessage("shape is [-1]: a dimension must be at least 0");
    BitPackedTensor packed = BitPackedTensor.of(s3, new byte[3], 2, 3);
    assertThatThrownBy(() -> packed.raw(6)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> packed.unpack(FixedTensor.allocate(s3, 6)))
        .withMessage("target is ap_fixed<3,3> [6]: it must be ap_fixed<3,3> [2, 3]");
    FixedFormat u3 = FixedFormat.unsigned(3, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> packed.unpack(FixedTensor.allocate(u3, 2, 3)))
        .withMessage("target is ap_ufixed<3,3> [2, 3]: it must be ap_fixed<3,3> [2, 3]");
  }

  @Test
  void aTargetThatSharesMemoryIsRefused() {
    FixedFormat s3 = FixedFormat.signed(3, 3);
    MemorySegment memory = MemorySegment.ofArray(new byte[11]);
    BitPackedTensor packed = BitPackedTensor.of(s3, memory.asSlice(0, 3), 8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> packed.unpack(FixedTensor.of(s3, memory.asSlice(2, 8), 8)))
        .withMessage("target shares memory with the packed bytes: it must have its own");
    packed.unpack(FixedTensor.of(s3, memory.asSlice(3), 8));
  }

  @Test
  void aReadOnlyTargetIsRefused() {
    FixedFormat s3 = FixedFormat.signed(3, 3);
    BitPackedTensor packed = BitPackedTensor.of(s3, new byte[3], 8);
    MemorySegment readOnly = MemorySegment.ofArray(new byte[8]).asReadOnly();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> packed.unpack(FixedTensor.of(s3, readOnly, 8)));
  }
}
