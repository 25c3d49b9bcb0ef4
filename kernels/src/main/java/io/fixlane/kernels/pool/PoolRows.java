package io.fixlane.kernels.pool;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.loop.Loops;
import io.fixlane.kernels.lanes.loop.Operation;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
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
public abstract sealed class PoolRows permits PixelRows, PlaneRows {
  final PoolSizes sizes;
  final ImageShape image;
  final ImageShape output;
  final Window window;
  final int imageBytes;
  final Container container;
  final int bytes;
  final Loops copy;
  final Loops down;
  final Loops across;
  private final FixedFormat format;
  private final long neutral;
  private final String name;

  PoolRows(PoolSizes sizes, Operation operation, FixedFormat x, FixedFormat format,
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

  /**
   * Makes the loops.
   *
   * @param operation addition, or the larger of two
   * @param x the format of the image
   * @param format the format of what words come to; every word of the image has its value in it
   * @param neutral the raw word that changes nothing
   */
  public static PoolRows of(PoolSizes sizes, Operation operation, FixedFormat x, FixedFormat format,
      long neutral) {
    return sizes.image().layout() == Layout.NCHW
        ? new PlaneRows(sizes, operation, x, format, neutral)
        : new PixelRows(sizes, operation, x, format, neutral);
  }

  /** Sets up the padding, once for each run. */
  public abstract void start(PoolWork work);

  /**
   * Computes a row of places and returns memory that starts with it. Rows are asked for in order.
   *
   * @param images the memory of the images
   * @param planes the number of planes of all images
   * @param plane the row's plane
   * @param outputRow the row of the result
   */
  public abstract MemorySegment row(
      PoolWork work, MemorySegment images, long planes, long plane, int outputRow);

  /** Sets words to the one that changes nothing. */
  final void neutralise(MemorySegment memory, int from, int to) {
    for (int i = from; i < to; i++) {
      container.write(memory, (long) i * bytes, neutral);
    }
  }

  @Override
  public String toString() {
    return name + " of words under " + window + " of images of " + image + " in " + format + ", "
        + across.explain();
  }
}
