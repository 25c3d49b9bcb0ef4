package io.fixlane.kernels.pool;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import java.lang.foreign.MemorySegment;

/** A plain copy of each word. */
public final class PoolCopy implements PoolOutput {
  private final long bytes;
  private final int wordBytes;

  /** Makes the output of words that stay as they are. */
  public PoolCopy(PoolSizes sizes, FixedFormat format) {
    this.wordBytes = Container.of(format).bytes();
    this.bytes = (long) sizes.output().width() * sizes.image().channels() * wordBytes;
  }

  @Override
  public void store(PoolWork work, MemorySegment row, int outputRow, MemorySegment target,
      long first) {
    MemorySegment.copy(row, 0, target, first * wordBytes, bytes);
  }

  @Override
  public String explain() {
    return "copied";
  }
}
