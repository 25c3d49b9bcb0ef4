package io.fixlane.kernels.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fixlane.kernels.fixture.GuardedMemory;
import io.fixlane.kernels.fixture.NativeAccess;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lanes hold words and their neighbours, and nothing else is read or written. */
@ExtendWith(NativeAccess.class)
@DisabledOnOs(OS.WINDOWS)
class NeighbourCopyTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void lanesHoldTheWordsToTheRight(int wordBytes) {
    assumeTrue(Processor.own().has(DotInstructions.AVX2));
    Random random = new Random(wordBytes);
    for (int i = 0; i < 60; i++) {
      int channels = NeighbourCopy.STEP * (1 + random.nextInt(6));
      int width = 1 + random.nextInt(9);
      int rows = 1 + random.nextInt(4);
      // Every pixel, or every other one from the second on.
      int step = width > 1 ? 1 + i % 2 : 1;
      int first = step - 1;
      NeighbourCopy.Pixels pixels = new NeighbourCopy.Pixels(channels,
          Math.ceilDiv(width - first, step), step * channels, rows, width * channels);
      byte[] words = new byte[rows * width * channels * wordBytes];
      random.nextBytes(words);
      for (boolean atEnd : new boolean[] {false, true}) {
        assertThat(copy(wordBytes, words, first * channels, pixels, atEnd))
            .isEqualTo(expected(wordBytes, words, first, width, step, channels));
      }
    }
  }

  private static int[] copy(
      int wordBytes, byte[] words, int first, NeighbourCopy.Pixels pixels, boolean atEnd) {
    try (GuardedMemory guarded = new GuardedMemory()) {
      MemorySegment source = guarded.copy(MemorySegment.ofArray(words), atEnd);
      MemorySegment lanes =
          guarded.copy(MemorySegment.ofArray(new int[words.length / wordBytes]), atEnd);
      long[] numbers = new long[9];
      NeighbourCopy.copy(
          wordBytes, source, lanes, first, pixels, numbers, MemorySegment.ofArray(numbers));
      return lanes.toArray(ValueLayout.JAVA_INT_UNALIGNED);
    }
  }

  /** Returns lanes of 32 bits, zeros between those that are written. */
  private static int[] expected(
      int wordBytes, byte[] words, int first, int width, int step, int channels) {
    int[] lanes = new int[words.length / wordBytes];
    for (int i = 0; i < lanes.length; i++) {
      int x = i / channels % width;
      if (x >= first && (x - first) % step == 0) {
        for (int t = 0; t < Integer.BYTES / wordBytes && x + t * step < width; t++) {
          for (int b = 0; b < wordBytes; b++) {
            int word = words[(i + t * step * channels) * wordBytes + b] & 0xFF;
            lanes[i] |= word << (t * wordBytes + b) * Byte.SIZE;
          }
        }
      }
    }
    return lanes;
  }
}
