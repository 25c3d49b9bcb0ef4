package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Loops;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.Operation;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What the words under the kernel come to, all places of a row at a time: first down the columns,
 * then across them, each time a whole row of words with another, shifted by a pixel. Here with a
 * kernel of 2 x 3 and padding of 1, where o stands for the word that changes nothing:
 *
 * <pre>
 *   image    a b c d      columns  o a+e b+f c+g d+h o
 *            e f g h      places   o+A+B  A+B+C  B+C+D  C+D+o     with A = a+e, B = b+f, ...
 * </pre>
 *
 * <p>Of places that a stride leaves out all are computed, since a row of many words costs less than
 * a call for each pixel.
 */
final class PoolRows {
  private final PoolShape shape;
  private final int wordBytes;
  private final FixedFormat format;
  private final Container container;
  private final long neutral;
  private final String name;
  private final Loops copy;
  private final Loops down;
  private final Loops across;

  /**
   * Makes the loops.
   *
   * @param operation addition, or the larger of two
   * @param x the format of the image
   * @param format the format of what words come to; every word of the image has its value in it
   * @param neutral the raw word that changes nothing
   */
  PoolRows(PoolShape shape, Operation operation, FixedFormat x, FixedFormat format,
      long neutral) {
    this.shape = shape;
    this.wordBytes = Container.of(x).bytes();
    this.format = format.withModes(QuantizationMode.AP_TRN, OverflowMode.AP_WRAP);
    this.container = Container.of(format);
    this.neutral = neutral;
    this.name = operation == Operation.MAX ? "largest" : "sum";
    Operand word = Operand.of(x, 0, false);
    Operand own = Operand.of(format, 0, false);
    this.copy = loops(Operation.COPY, word, null);
    this.down = loops(operation, own, word);
    this.across = loops(operation, own, own);
  }

  private Loops loops(Operation operation, Operand a, @Nullable Operand b) {
    return Loops.of(operation, a, b, null, format, 0, format, false);
  }

  /** Sets up the columns beside the image, once for each run. */
  void start(PoolWork work) {
    int cell = shape.cell();
    int padding = shape.paddingX() * cell;
    int right = padding + shape.width() * cell;
    MemorySegment columns = PoolWork.ensure(work.columns, container, right + padding);
    for (int i = 0; i < padding; i++) {
      container.write(columns, (long) i * container.bytes(), neutral);
      container.write(columns, (long) (right + i) * container.bytes(), neutral);
    }
  }

  /**
   * Computes a row of places and returns memory that starts with it.
   *
   * @param image the memory of the images
   * @param plane the first word of the plane
   * @param outputRow the row of the result
   */
  MemorySegment row(PoolWork work, MemorySegment image, long plane, int outputRow) {
    int cell = shape.cell();
    int words = shape.width() * cell;
    MemorySegment columns = work.columns.segment(container);
    long inner = (long) shape.paddingX() * cell * container.bytes();
    int first = shape.firstRow(outputRow);
    for (int i = first; i < shape.lastRow(outputRow); i++) {
      long from = (plane + (long) i * words) * wordBytes;
      if (i == first) {
        copy.run(image, from, image, from, image, from, columns, inner, words, null);
      } else {
        down.run(columns, inner, image, from, image, from, columns, inner, words, null);
      }
    }
    return kept(work, across(work, columns));
  }

  private MemorySegment across(PoolWork work, MemorySegment columns) {
    if (shape.kernelWidth() == 1) {
      return columns;
    }
    int cell = shape.cell();
    int words = ((shape.outputWidth() - 1) * shape.strideX() + 1) * cell;
    MemorySegment places = PoolWork.ensure(work.places, container, words);
    MemorySegment sum = columns;
    for (int j = 1; j < shape.kernelWidth(); j++) {
      long from = (long) j * cell * container.bytes();
      across.run(sum, 0, columns, from, columns, from, places, 0, words, null);
      sum = places;
    }
    return places;
  }

  private MemorySegment kept(PoolWork work, MemorySegment places) {
    int stride = shape.strideX();
    int count = shape.outputWidth();
    if (stride == 1 || count == 1) {
      return places;
    }
    int bytes = shape.cell() * container.bytes();
    MemorySegment kept = PoolWork.ensure(work.kept, container, count * shape.cell());
    for (int i = 0; i < count; i++) {
      if (shape.cell() == 1) {
        container.write(kept, (long) i * bytes,
            container.read(places, (long) i * stride * bytes));
      } else {
        MemorySegment.copy(places, (long) i * stride * bytes, kept, (long) i * bytes, bytes);
      }
    }
    return kept;
  }

  @Override
  public String toString() {
    return name + " of " + shape.kernelHeight() + " x " + shape.kernelWidth() + " words of "
        + shape.layout() + " images of " + shape.height() + " x " + shape.width() + " x "
        + shape.channels() + " in " + format + ", " + across.explain();
  }
}
