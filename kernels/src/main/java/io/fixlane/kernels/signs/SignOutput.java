package io.fixlane.kernels.signs;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.loop.Loops;
import io.fixlane.kernels.lanes.loop.Operation;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;

/** The signs of sums of signs less a threshold for each column. */
public final class SignOutput implements BinaryOutput<SignRows> {
  private final MemorySegment thresholds;
  private final int thresholdBytes;
  private final Loops signs;

  /** Makes the output of sums of k signs, with a threshold for each output. */
  public SignOutput(int k, int[] thresholds) {
    FixedFormat sum = BinaryOutput.sums(k);
    // Sums lie in -k..k: a threshold beyond gives what the nearest of -k and k + 1 does.
    int width = sum.width() + 1;
    FixedTensor words = FixedTensor.allocate(FixedFormat.integers(width), thresholds.length);
    for (int n = 0; n < thresholds.length; n++) {
      words.setRaw(n, Math.clamp((long) thresholds[n], -k, k + 1L));
    }
    this.thresholds = words.segment();
    this.thresholdBytes = Container.of(words.format()).bytes();
    FixedFormat difference = sum.minus(words.format());
    this.signs = Loops.of(Operation.SUBTRACT, SUM, Operand.of(words.format(), 0, false), null,
        difference, 0, SignBits.format(difference), false);
  }

  @Override
  public void store(BinaryWork work, SignRows target, int row, int rows, int column,
      int columns) {
    for (int i = 0; i < rows; i++) {
      long from = (long) i * work.tile.sumsStride * Integer.BYTES;
      long threshold = (long) column * thresholdBytes;
      signs.compute(work.sums, from, thresholds, threshold, thresholds, threshold, work.signBytes,
          0,
          columns, null);
      SignBits.pack(work.signs, columns, target.words(),
          (row + i) * target.rowWords() + column / Long.SIZE);
    }
  }
}
