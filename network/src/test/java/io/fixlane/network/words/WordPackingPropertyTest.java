package io.fixlane.network.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.BitPackedTensor;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Words of any width in a stream without gaps. */
class WordPackingPropertyTest {
  @Property
  void wordsComeBack(@ForAll @IntRange(min = 1, max = 64) int width, @ForAll boolean signed,
      @ForAll @IntRange(max = 40) int size, @ForAll long seed) {
    FixedFormat format =
        signed ? FixedFormat.signed(width, 1) : FixedFormat.unsigned(width, 1);
    FixedTensor words = FixedTensor.allocate(format, size);
    Random random = new Random(seed);
    for (int i = 0; i < size; i++) {
      long bits = random.nextLong();
      words.setRaw(i, signed ? bits >> (64 - width) : bits >>> (64 - width));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) WordPacking.bytes(size, format));
    WordPacking.pack(words, bytes);
    assertThat(bytes.hasRemaining()).isFalse();
    FixedTensor read = FixedTensor.allocate(format, size);
    WordPacking.unpack(bytes.flip(), read);
    assertThat(read.contentEquals(words)).isTrue();
    assertThat(bytes.hasRemaining()).isFalse();
    if (width < 8) {
      assertThat(bytes.array())
          .isEqualTo(BitPackedTensor.pack(words).segment().toArray(ValueLayout.JAVA_BYTE));
    }
  }

  @Test
  void aWordReachesIntoTheNextByte() {
    // 11 bits: 1 and -1. The first in byte 0 and the low 3 bits of byte 1.
    FixedFormat format = FixedFormat.signed(11, 11);
    FixedTensor words = FixedTensor.allocate(format, 2);
    words.setRaw(0, 1);
    words.setRaw(1, -1);
    ByteBuffer bytes = ByteBuffer.allocate(3);
    WordPacking.pack(words, bytes);
    assertThat(bytes.array()).containsExactly(0x01, 0xf8, 0x3f);
  }

  @Test
  void bitsAfterTheLastWordAreRefused() {
    FixedTensor words = FixedTensor.allocate(FixedFormat.signed(3, 3), 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WordPacking.unpack(ByteBuffer.wrap(new byte[] {(byte) 0x80}), words))
        .withMessage("the bits after the last of 2 words of ap_fixed<3,3> must be 0");
  }
}
