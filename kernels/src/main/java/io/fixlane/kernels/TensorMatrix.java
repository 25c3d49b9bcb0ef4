package io.fixlane.kernels;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;

/** A tensor as a matrix of k x n weights. */
final class TensorMatrix implements WeightMatrix {
  private final MemorySegment segment;
  private final Container container;
  private final int lost;
  private final boolean signed;
  private final int k;
  private final int n;

  /** Makes the matrix of a tensor whose first dimension is k, and whose others are n. */
  TensorMatrix(FixedTensor tensor, int k, int n) {
    this.segment = tensor.segment();
    this.container = Container.of(tensor.format());
    this.lost = Long.SIZE - container.bits();
    this.signed = tensor.format().signed();
    this.k = k;
    this.n = n;
  }

  @Override
  public int k() {
    return k;
  }

  @Override
  public int n() {
    return n;
  }

  @Override
  public long at(int step, int column) {
    long word = container.read(segment, index(step, column) * container.bytes());
    return signed ? word : word << lost >>> lost;
  }

  @Override
  public long index(int step, int column) {
    return (long) step * n + column;
  }
}
