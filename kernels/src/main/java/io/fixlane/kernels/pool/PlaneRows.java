package io.fixlane.kernels.pool;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.loop.Operation;
import java.lang.foreign.MemorySegment;

/**
 * {@link PoolRows} of images whose channels are planes: some whole planes, padded, at a time, as if
 * they were one row. What comes together across the end of a row or plane is not a place of the
 * kernel, and is not read.
 */
final class PlaneRows extends PoolRows {
  /** The words of a group of planes, unless one alone has more: they stay in the L2 cache. */
  private static final int GROUP = 1 << 14;

  private final int rows;
  private final int columns;
  private final int group;

  PlaneRows(PoolSizes sizes, Operation operation, FixedFormat x, FixedFormat format,
      long neutral) {
    super(sizes, operation, x, format, neutral);
    this.rows = sizes.rows();
    this.columns = sizes.columns();
    this.group = Math.clamp(GROUP / (rows * columns), 1, image.channels());
  }

  private boolean padded() {
    return rows > image.height() || columns > image.width();
  }

  @Override
  public void start(PoolWork work) {
    int words = group * rows * columns;
    MemorySegment memory = PoolWork.ensure(work.image, container, words);
    if (padded()) {
      neutralise(memory, 0, words);
    }
  }

  @Override
  public MemorySegment row(
      PoolWork work, MemorySegment images, long planes, long plane, int outputRow) {
    int inGroup = (int) (plane % group);
    if (outputRow == 0 && inGroup == 0) {
      int count = (int) Math.min(group, planes - plane);
      load(work, images, plane, count);
      work.pooled = across(work, down(work, count), count);
    }
    return kept(work, work.pooled, inGroup * rows + outputRow * window.strideY());
  }

  /** Copies planes into padded ones. */
  private void load(PoolWork work, MemorySegment images, long plane, int count) {
    MemorySegment memory = work.image.segment(container);
    long from = plane * image.height() * image.width() * imageBytes;
    if (!padded()) {
      copy.compute(images, from, images, from, images, from, memory, 0,
          (long) count * rows * columns,
          null);
      return;
    }
    for (int i = 0; i < count; i++) {
      int to = (i * rows + window.paddingTop()) * columns + window.paddingLeft();
      for (int row = 0; row < image.height(); row++) {
        copy.compute(images, from, images, from, images, from, memory, (long) to * bytes,
            image.width(), null);
        from += (long) image.width() * imageBytes;
        to += columns;
      }
    }
  }

  private MemorySegment down(PoolWork work, int count) {
    MemorySegment sum = work.image.segment(container);
    int words = (count * rows - window.kernelHeight() + 1) * columns;
    MemorySegment target = PoolWork.ensure(work.columns, container, words);
    return combine(sum, target, window.kernelHeight(), (long) columns * bytes, words);
  }

  private MemorySegment across(PoolWork work, MemorySegment source, int count) {
    int words = (count * rows - window.kernelHeight() + 1) * columns - window.kernelWidth() + 1;
    MemorySegment target = PoolWork.ensure(work.places, container, words);
    return combine(source, target, window.kernelWidth(), bytes, words);
  }

  /** Combines words with those {@code step} bytes on, and so on; returns where the results are. */
  private MemorySegment combine(MemorySegment source, MemorySegment target, int taps, long step,
      int words) {
    MemorySegment sum = source;
    for (int i = 1; i < taps; i++) {
      across.compute(sum, 0, source, i * step, source, i * step, target, 0, words, null);
      sum = target;
    }
    return sum;
  }

  private MemorySegment kept(PoolWork work, MemorySegment places, int row) {
    int count = output.width();
    MemorySegment kept = PoolWork.ensure(work.kept, container, count);
    long from = (long) row * columns * bytes;
    if (window.strideX() == 1) {
      MemorySegment.copy(places, from, kept, 0, (long) count * bytes);
      return kept;
    }
    long step = (long) window.strideX() * bytes;
    for (int i = 0; i < count; i++) {
      container.write(kept, (long) i * bytes, container.read(places, from + i * step));
    }
    return kept;
  }
}
