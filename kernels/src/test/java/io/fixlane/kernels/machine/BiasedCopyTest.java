package io.fixlane.kernels.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fixlane.kernels.fixture.GuardedMemory;
import io.fixlane.kernels.fixture.NativeAccess;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bytes are copied, each larger by 128, and nothing else is read or written. */
@ExtendWith(NativeAccess.class)
@DisabledOnOs(OS.WINDOWS)
class BiasedCopyTest {
  @Test
  void everyByteIsLargerBy128() {
    assumeTrue(computes());
    Random random = new Random(1);
    for (int steps = 1; steps < 20; steps++) {
      int bytes = steps * BiasedCopy.STEP;
      byte[] words = new byte[bytes];
      random.nextBytes(words);
      try (GuardedMemory guarded = new GuardedMemory()) {
        for (boolean atEnd : new boolean[] {false, true}) {
          MemorySegment source = guarded.copy(MemorySegment.ofArray(words), atEnd);
          MemorySegment target = guarded.copy(MemorySegment.ofArray(new byte[bytes]), atEnd);
          long[] numbers = new long[4];
          BiasedCopy.copy(source, 0, target, 0, bytes, numbers, MemorySegment.ofArray(numbers));
          byte[] copied = target.toArray(ValueLayout.JAVA_BYTE);
          for (int i = 0; i < bytes; i++) {
            assertThat(copied[i] & 0xFF).isEqualTo(words[i] + 128);
          }
        }
      }
    }
  }

  /** From and to any place, of an array that is read-only. */
  @Test
  void offsetsCountInBytes() {
    assumeTrue(computes());
    byte[] words = new byte[200];
    new Random(2).nextBytes(words);
    byte[] target = new byte[200];
    long[] numbers = new long[4];
    BiasedCopy.copy(MemorySegment.ofArray(words).asReadOnly(), 7, MemorySegment.ofArray(target), 13,
        128, numbers, MemorySegment.ofArray(numbers));
    for (int i = 0; i < target.length; i++) {
      int expected = i < 13 || i >= 141 ? 0 : words[i - 6] ^ Byte.MIN_VALUE;
      assertThat(target[i]).isEqualTo((byte) expected);
    }
  }

  private static boolean computes() {
    Processor processor = Processor.own();
    return processor.has(DotInstructions.AVX2) || processor.has(DotInstructions.DOTPROD);
  }
}
