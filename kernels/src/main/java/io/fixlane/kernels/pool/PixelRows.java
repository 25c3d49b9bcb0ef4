package io.fixlane.kernels.pool;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.loop.Operation;
import java.lang.foreign.MemorySegment;

/** {@link PoolRows} of images whose pixels hold all channels: row by row. */
final class PixelRows extends PoolRows {
  PixelRows(PoolSizes sizes, Operation operation, FixedFormat x, FixedFormat format,
      long neutral) {
    super(sizes, operation, x, format, neutral);
  }

  @Override
  public void start(PoolWork work) {
    int left = window.paddingLeft() * image.channels();
    int right = left + image.width() * image.channels();
    int end = sizes.columns() * image.channels();
    MemorySegment columns = PoolWork.ensure(work.columns, container, end);
    neutralise(columns, 0, left);
    neutralise(columns, right, end);
  }

  @Override
  public MemorySegment row(
      PoolWork work, MemorySegment images, long planes, long plane, int outputRow) {
    int words = image.width() * image.channels();
    MemorySegment columns = work.columns.segment(container);
    long inner = (long) window.paddingLeft() * image.channels() * bytes;
    int first = sizes.firstRow(outputRow);
    for (int i = first; i < sizes.lastRow(outputRow); i++) {
      long from = (plane * image.height() + i) * words * imageBytes;
      if (i == first) {
        copy.compute(images, from, images, from, images, from, columns, inner, words, null);
      } else {
        down.compute(columns, inner, images, from, images, from, columns, inner, words, null);
      }
    }
    return kept(work, across(work, columns));
  }

  private MemorySegment across(PoolWork work, MemorySegment columns) {
    if (window.kernelWidth() == 1) {
      return columns;
    }
    int words = ((output.width() - 1) * window.strideX() + 1) * image.channels();
    MemorySegment places = PoolWork.ensure(work.places, container, words);
    MemorySegment sum = columns;
    for (int j = 1; j < window.kernelWidth(); j++) {
      long from = (long) j * image.channels() * bytes;
      across.compute(sum, 0, columns, from, columns, from, places, 0, words, null);
      sum = places;
    }
    return places;
  }

  private MemorySegment kept(PoolWork work, MemorySegment places) {
    int count = output.width();
    if (window.strideX() == 1 || count == 1) {
      return places;
    }
    long pixel = (long) image.channels() * bytes;
    MemorySegment kept = PoolWork.ensure(work.kept, container, count * image.channels());
    for (int i = 0; i < count; i++) {
      MemorySegment.copy(places, i * window.strideX() * pixel, kept, i * pixel, pixel);
    }
    return kept;
  }
}
