package io.fixlane.jmh.peers;

import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.Q4ByteBufferTensor;
import com.github.tjake.jlama.tensor.Q8ByteBufferTensor;
import com.github.tjake.jlama.tensor.operations.NaiveTensorOperations;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.MatrixView;
import io.fixlane.kernels.OutputStage;
import io.fixlane.tensor.FixedTensor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Jlama's operations, of which the product of its quantized tensors, activations of 8 bits by
 * weights of 4, is a plan of ours for each block of 32 columns: a block has a scale of its own for
 * each row of either, so that the sum of a block is an exact integer, and the sum of blocks one of
 * floats. Activations are read where Jlama has them.
 */
public class JlamaOperations extends NaiveTensorOperations {
  private static final int BLOCK = Q8ByteBufferTensor.BLOCK_SIZE;
  private static final FixedFormat ACTIVATION = FixedFormat.signed(8, 8);
  private static final FixedFormat WEIGHT = FixedFormat.signed(4, 4);
  private static final FixedFormat SUM = FixedFormat.signed(32, 32);

  /** Rows of weights, for which there is a plan. */
  private record Rows(Q4ByteBufferTensor weights, int first, int count) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Rows(var theirs, int theirFirst, int theirCount)
          && theirs == weights && theirFirst == first && theirCount == count;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * System.identityHashCode(weights) + first) + count;
    }
  }

  private final Map<Rows, Gemm[]> plans = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return "Fixlane";
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void batchDotProduct(AbstractTensor result, AbstractTensor a, AbstractTensor b,
      int aColumn, int bColumn, int columns, int resultRow, int bRow, int rows) {
    boolean ours = a instanceof Q8ByteBufferTensor && b instanceof Q4ByteBufferTensor
        && aColumn % BLOCK == 0 && bColumn % BLOCK == 0 && columns % BLOCK == 0
        && result.dType() == DType.F32;
    if (!ours) {
      super.batchDotProduct(
          result, a, b, aColumn, bColumn, columns, resultRow, bRow, rows);
      return;
    }
    multiply(result, (Q8ByteBufferTensor) a, (Q4ByteBufferTensor) b, aColumn, bColumn, columns,
        resultRow, bRow, rows);
  }

  private void multiply(AbstractTensor<?, ?> result, Q8ByteBufferTensor a, Q4ByteBufferTensor b,
      int aColumn, int bColumn, int columns, int resultRow, int bRow, int rows) {
    int m = a.shape().first();
    Gemm[] blocks =
        plans.computeIfAbsent(new Rows(b, bRow, rows), JlamaOperations::plan);
    FixedTensor sums = FixedTensor.allocate(SUM, m, rows);
    // Jlama says 0 of a single row.
    int stride = Math.max(a.getStride(), BLOCK);
    MatrixView target = new MatrixView(sums.segment(), 0, rows);
    float[] results = new float[m * rows];
    for (int column = 0; column < columns; column += BLOCK) {
      int first = a.getMemorySegmentOffset(a.getOffset(0, aColumn + column));
      blocks[(bColumn + column) / BLOCK].run(m,
          new MatrixView(a.getMemorySegment(), first, stride), target, Runnable::run, 1);
      for (int i = 0; i < m; i++) {
        float scale = a.getFactorForIndex(i, aColumn + column);
        for (int row = 0; row < rows; row++) {
          results[i * rows + row] += scale
              * b.getFactorForIndex(bRow + row, bColumn + column)
              * sums.raw((long) i * rows + row);
        }
      }
    }
    for (int i = 0; i < m; i++) {
      for (int row = 0; row < rows; row++) {
        result.set(results[i * rows + row], i, resultRow + row);
      }
    }
  }

  /** Plans the product with each block of rows of weights: 32 x rows words. */
  private static Gemm[] plan(Rows rows) {
    Gemm[] plans = new Gemm[rows.weights().shape().last() / BLOCK];
    for (int block = 0; block < plans.length; block++) {
      FixedTensor words = FixedTensor.allocate(WEIGHT, BLOCK, rows.count());
      for (int k = 0; k < BLOCK; k++) {
        for (int row = 0; row < rows.count(); row++) {
          words.setRaw((long) k * rows.count() + row,
              word(rows.weights(), rows.first() + row, block * BLOCK + k));
        }
      }
      plans[block] = Gemm.of(ACTIVATION, words, OutputStage.to(SUM));
    }
    return plans;
  }

  /** Returns the word of a weight, which Jlama tells as a float: word times scale. */
  static int word(Q4ByteBufferTensor weights, int row, int column) {
    float scale = weights.getFactorForIndex(row, column);
    return scale == 0 ? 0 : Math.round(weights.get(row, column) / scale);
  }
}
