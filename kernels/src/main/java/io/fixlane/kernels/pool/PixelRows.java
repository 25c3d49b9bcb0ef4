package io.fixlane.kernels.pool;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.PoolShape;
import io.fixlane.kernels.lanes.loop.Operation;
import java.lang.foreign.MemorySegment;

/** {@link PoolRows} of images whose pixels hold all channels: row by row. */
final class PixelRows extends PoolRows {
  PixelRows(PoolShape shape, Operation operation, FixedFormat x, FixedFormat format,
      long neutral) {
    super(shape, operation, x, format, neutral);
  }

  @Override
  public void start(PoolWork work) {
    int padding = shape.paddingX() * shape.channels();
    int right = padding + shape.width() * shape.channels();
    MemorySegment columns = PoolWork.ensure(work.columns, container, right + padding);
    neutralise(columns, 0, padding);
    neutralise(columns, right, right + padding);
  }

  @Override
  public MemorySegment row(
      PoolWork work, MemorySegment images, long planes, long plane, int outputRow) {
    int words = shape.width() * shape.channels();
    MemorySegment columns = work.columns.segment(container);
    long inner = (long) shape.paddingX() * shape.channels() * bytes;
    int first = shape.firstRow(outputRow);
    for (int i = first; i < shape.lastRow(outputRow); i++) {
      long from = (plane * shape.height() + i) * words * imageBytes;
      if (i == first) {
        copy.compute(images, from, images, from, images, from, columns, inner, words, null);
      } else {
        down.compute(columns, inner, images, from, images, from, columns, inner, words, null);
      }
    }
    return kept(work, across(work, columns));
  }

  private MemorySegment across(PoolWork work, MemorySegment columns) {
    if (shape.kernelWidth() == 1) {
      return columns;
    }
    int words = ((shape.outputWidth() - 1) * shape.strideX() + 1) * shape.channels();
    MemorySegment places = PoolWork.ensure(work.places, container, words);
    MemorySegment sum = columns;
    for (int j = 1; j < shape.kernelWidth(); j++) {
      long from = (long) j * shape.channels() * bytes;
      across.compute(sum, 0, columns, from, columns, from, places, 0, words, null);
      sum = places;
    }
    return places;
  }

  private MemorySegment kept(PoolWork work, MemorySegment places) {
    int count = shape.outputWidth();
    if (shape.strideX() == 1 || count == 1) {
      return places;
    }
    long pixel = (long) shape.channels() * bytes;
    MemorySegment kept = PoolWork.ensure(work.kept, container, count * shape.channels());
    for (int i = 0; i < count; i++) {
      MemorySegment.copy(places, i * shape.strideX() * pixel, kept, i * pixel, pixel);
    }
    return kept;
  }
}
