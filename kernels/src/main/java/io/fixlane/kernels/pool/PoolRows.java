package io.fixlane.kernels.pool;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.loop.Loops;
import io.fixlane.kernels.lanes.loop.Operation;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What the words under the kernel come to, for all its places in a row: first down the columns,
 * then across them, each time many words with as many others that lie a row or a pixel on. Here
 * with a kernel of 2 x 3 and padding of 1, where o stands for the word that changes nothing:
 *
 * <pre>
 *   image    a b c d      columns  o a+e b+f c+g d+h o
 *            e f g h      places   o+A+B  A+B+C  B+C+D  C+D+o     with A = a+e, B = b+f, ...
 * </pre>
 *
 * <p>Of places that a stride leaves out more are computed than kept, since a call on many words
 * costs less than one for each pixel.
 */
public final class PoolRows {
  private final PoolSizes sizes;
  private final ImageShape image;
  private final ImageShape output;
  private final Window window;
  private final int imageBytes;
  private final Container container;
  private final int bytes;
  private final Loops copy;
  private final Loops down;
  private final Loops across;
  private final FixedFormat format;
  private final long neutral;
  private final String name;

  /**
   * Makes the loops.
   *
   * @param operation addition, or the larger of two
   * @param x the format of the image
   * @param format the format of what words come to; every word of the image has its value in it
   * @param neutral the raw word that changes nothing
   */
  public PoolRows(PoolSizes sizes, Operation operation, FixedFormat x, FixedFormat format,
      long neutral) {
    this.sizes = sizes;
    this.image = sizes.image();
    this.output = sizes.output();
    this.window = sizes.window();
    this.imageBytes = Container.of(x).bytes();
    this.format = format.withDefaultModes();
    this.container = Container.of(format);
    this.bytes = container.bytes();
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

  /** Returns the image of which rows are computed. */
  public ImageShape image() {
    return image;
  }

  /** Sets up the padding, once for each run. */
  public void start(PoolWork work) {
    int left = window.paddingLeft() * image.channels();
    int right = left + image.width() * image.channels();
    int end = sizes.columns() * image.channels();
    MemorySegment columns = PoolWork.ensure(work.columns, container, end);
    neutralise(columns, 0, left);
    neutralise(columns, right, end);
  }

  /**
   * Computes a row of places and returns memory that starts with it.
   *
   * @param images the memory of the images
   * @param index the image's place in it
   * @param outputRow the row of the result
   */
  public MemorySegment row(PoolWork work, MemorySegment images, long index, int outputRow) {
    int words = image.width() * image.channels();
    MemorySegment columns = work.columns.segment(container);
    long inner = (long) window.paddingLeft() * image.channels() * bytes;
    int first = sizes.firstRow(outputRow);
    for (int i = first; i < sizes.lastRow(outputRow); i++) {
      long from = (index * image.height() + i) * words * imageBytes;
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
    MemorySegment kept = PoolWork.ensure(work.kept, container, count * image.channels());
    if (image.channels() == 1) {
      long step = (long) window.strideX() * bytes;
      for (int i = 0; i < count; i++) {
        container.write(kept, (long) i * bytes, container.read(places, i * step));
      }
      return kept;
    }
    long pixel = (long) image.channels() * bytes;
    for (int i = 0; i < count; i++) {
      MemorySegment.copy(places, i * window.strideX() * pixel, kept, i * pixel, pixel);
    }
    return kept;
  }

  /** Sets words to the one that changes nothing. */
  private void neutralise(MemorySegment memory, int from, int to) {
    for (int i = from; i < to; i++) {
      container.write(memory, (long) i * bytes, neutral);
    }
  }

  /** Returns what is computed of which images, and how. */
  public String explain(ImageShape images) {
    return name + " of words under " + window + " of images of " + images + " in " + format + ", "
        + across.explain();
  }
}
