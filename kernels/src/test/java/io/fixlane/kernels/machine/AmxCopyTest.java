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

/** Matrices hold the rows they are to hold, and nothing else is read or written. */
@ExtendWith(NativeAccess.class)
@DisabledOnOs(OS.WINDOWS)
class AmxCopyTest {
  @Test
  void matricesHoldRows() {
    assumeTrue(Processor.own().has(DotInstructions.AVX512));
    Random random = new Random(1);
    for (int rows = 1; rows <= 50; rows++) {
      int steps = 1 + random.nextInt(3);
      int runs = 1 + random.nextInt(3);
      int run = steps * AmxCopy.STEP;
      int firstRun = random.nextInt(2);
      // Rows of all lengths up to a run, one over the other, from the last to the first.
      int rowStride = 1 + random.nextInt(run);
      int[] rowBase = new int[rows];
      for (int i = 0; i < rows; i++) {
        rowBase[i] = (rows - 1 - i) * rowStride;
      }
      int[] runBase = new int[firstRun + runs];
      for (int r = 0; r < runs; r++) {
        runBase[firstRun + r] = r * run;
      }
      int from = random.nextInt(5);
      byte[] bytes = new byte[from + (rows - 1) * rowStride + runs * run];
      random.nextBytes(bytes);
      AmxCopy.Runs what =
          new AmxCopy.Runs(rows, firstRun, runs, steps, from, random.nextBoolean());
      byte[] expected = expected(bytes, rowBase, runBase, what);
      assertThat(copy(bytes, rowBase, runBase, what, false)).isEqualTo(expected);
      assertThat(copy(bytes, rowBase, runBase, what, true)).isEqualTo(expected);
    }
  }

  private static int size(AmxCopy.Runs what) {
    return Math.ceilDiv(what.rows(), AmxCopy.ROWS) * what.runs() * what.steps() * AmxCopy.MATRIX;
  }

  private static byte[] copy(
      byte[] bytes, int[] rowBase, int[] runBase, AmxCopy.Runs what, boolean atEnd) {
    try (GuardedMemory guarded = new GuardedMemory()) {
      MemorySegment matrices = guarded.copy(MemorySegment.ofArray(new byte[size(what)]), atEnd);
      long[] numbers = new long[7];
      AmxCopy.copy(guarded.copy(MemorySegment.ofArray(bytes), atEnd), matrices,
          guarded.copy(MemorySegment.ofArray(rowBase), atEnd),
          guarded.copy(MemorySegment.ofArray(runBase), atEnd), what, numbers,
          MemorySegment.ofArray(numbers));
      return matrices.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private static byte[] expected(
      byte[] bytes, int[] rowBase, int[] runBase, AmxCopy.Runs what) {
    byte[] matrices = new byte[size(what)];
    int steps = what.runs() * what.steps();
    for (int i = 0; i < what.rows(); i++) {
      for (int k = 0; k < steps * AmxCopy.STEP; k++) {
        int run = k / (what.steps() * AmxCopy.STEP);
        int matrix = i / AmxCopy.ROWS * steps + k / AmxCopy.STEP;
        int place = (matrix * AmxCopy.ROWS + i % AmxCopy.ROWS) * AmxCopy.STEP + k % AmxCopy.STEP;
        int from = (int) what.from() + rowBase[i] + runBase[what.firstRun() + run]
            + k % (what.steps() * AmxCopy.STEP);
        matrices[place] = (byte) (bytes[from] + (what.biased() ? 128 : 0));
      }
    }
    return matrices;
  }
}
