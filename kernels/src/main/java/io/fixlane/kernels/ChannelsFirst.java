package io.fixlane.kernels;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.TileMemory;
import io.fixlane.kernels.tiles.Sums;
import io.fixlane.kernels.tiles.kernel.RegisterCast;
import io.fixlane.kernels.tiles.pack.Transposition;
import io.fixlane.kernels.tiles.pack.Workspace;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Brings the results of pixels into the planes of their channels. {@link Workspace#outputStride}
 * and {@link Workspace#residualStride} are the words of a plane.
 *
 * @param pixels what computes the results, a pixel's channels side by side
 * @param target what they lie in
 * @param residual what the residual lies in, or null where there is none
 */
record ChannelsFirst(Sums.Output pixels, Container target, @Nullable Container residual)
    implements Sums.Output {

  @Override
  public @Nullable RegisterCast cast() {
    return pixels.cast();
  }

  @Override
  public void place(Workspace work, int firstRow, int rows, int firstColumn, int columns) {
    work.results.ensure(target, (long) rows * columns);
    TileMemory memory = work.tile.memory;
    memory.results = work.results.segment(target);
    memory.resultOffset = 0;
    memory.resultStride = (long) columns * target.bytes();
  }

  @Override
  public void finish(Workspace work, int firstRow, int rows, int firstColumn, int columns) {
    Transposition.transpose(target, work.results.segment(target), 0, columns, work.output,
        work.outputOffset + (firstColumn * work.outputStride + firstRow) * target.bytes(),
        work.outputStride, rows, columns, work.transposition);
  }

  @Override
  public void store(
      Workspace work, int firstRow, int rows, int firstColumn, int columns, int stride) {
    MemorySegment output = work.output;
    long outputOffset = work.outputOffset;
    long plane = work.outputStride;
    MemorySegment residualWords = work.residual;
    long residualOffset = work.residualOffset;
    if (residual != null) {
      work.transposedResidual.ensure(residual, (long) rows * columns);
      MemorySegment buffer = work.transposedResidual.segment(residual);
      Transposition.transpose(residual, residualWords,
          residualOffset + (firstColumn * plane + firstRow) * residual.bytes(), plane, buffer, 0,
          columns, columns, rows, work.transposition);
      work.residual = buffer;
      work.residualOffset = -((long) firstRow * columns + firstColumn) * residual.bytes();
      work.residualStride = columns;
    }
    work.results.ensure(target, (long) rows * columns);
    work.output = work.results.segment(target);
    work.outputOffset = -((long) firstRow * columns + firstColumn) * target.bytes();
    work.outputStride = columns;
    pixels.store(work, firstRow, rows, firstColumn, columns, stride);
    work.output = output;
    work.outputOffset = outputOffset;
    work.outputStride = plane;
    finish(work, firstRow, rows, firstColumn, columns);
    work.residual = residualWords;
    work.residualOffset = residualOffset;
    work.residualStride = plane;
  }
}
