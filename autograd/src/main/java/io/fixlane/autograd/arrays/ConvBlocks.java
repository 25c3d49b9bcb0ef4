package io.fixlane.autograd.arrays;

import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A convolution cut into blocks that the cache holds, and the matrices of each. The threads share
 * the images in parts that depend on their number alone.
 *
 * @param window how the kernel slides
 * @param groups the groups of channels and outputs
 * @param images how many images there are
 * @param image what one is
 * @param outputs the channels of a result
 */
public record ConvBlocks(Window window, int groups, int images, ImageShape image, int outputs) {
  private static final int PARTS = 8;
  /** The patches of a block have at most so many numbers, if a row of places does not have more. */
  private static final int SIZE = 1 << 16;

  /**
   * Some rows of places, for a group in an image.
   *
   * @param of what it is a block of
   * @param part the part of the images
   * @param image the image
   * @param group the group
   * @param row the first row of places
   * @param rows how many rows of places
   */
  public record Block(ConvBlocks of, int part, int image, int group, int row, int rows) {
    private Patches patches() {
      return of.patches(group);
    }

    private int imageAt() {
      return image * of.image.size();
    }

    /** Sees memory as patches: places x patch size. */
    public Matrix patches(float[] memory) {
      return new Matrix(memory, rows * of.outputWidth(), patches().size());
    }

    /** Copies the patches. */
    public Matrix gather(float[] images, float[] memory) {
      patches().gather(images, imageAt(), row, rows, memory);
      return patches(memory);
    }

    /** Adds patches to the image. */
    public void scatter(Matrix patches, float[] images) {
      patches().scatter(patches.data(), row, rows, images, imageAt());
    }

    /** Returns the block in the output, or in its gradient: places x outputs of the group. */
    public Matrix output(float[] y) {
      int at = (image * of.outputHeight() + row) * of.outputWidth() * of.outputs;
      return of.ofGroup(y, at, rows * of.outputWidth(), group);
    }

    /** Returns the kernel of the group, as {@link ConvBlocks#kernel}. */
    public Matrix kernel(float[] kernels, int at) {
      return of.kernel(kernels, at, group);
    }
  }

  private Patches patches(int group) {
    int depth = image.channels() / groups;
    return new Patches(
        window, image.height(), image.width(), image.channels(), group * depth, depth);
  }

  /** Returns into how many parts the images are cut. */
  public int parts() {
    return Math.min(PARTS, images);
  }

  private int outputHeight() {
    return window.outputHeight(image.height());
  }

  private int outputWidth() {
    return window.outputWidth(image.width());
  }

  /** Returns the shape of the results. */
  public int[] outputShape() {
    return new int[] {images, outputHeight(), outputWidth(), outputs};
  }

  /**
   * Returns the kernel of a group: patch size x outputs of the group.
   *
   * @param kernels where the kernels are
   * @param at where they begin
   */
  public Matrix kernel(float[] kernels, int at, int group) {
    return ofGroup(kernels, at, patches(group).size(), group);
  }

  /** Returns the columns of a group, of rows of all outputs. */
  private Matrix ofGroup(float[] data, int at, int rows, int group) {
    int count = outputs / groups;
    return new Matrix(data, at, rows, outputs, outputs, 1).columns(group * count, count);
  }

  private int rowsOfBlock() {
    return Math.clamp(SIZE / ((long) outputWidth() * patches(0).size()), 1, outputHeight());
  }

  /** Returns memory for the patches of a block, for each part. */
  public float[][] memory(Scratch scratch) {
    float[][] memory = new float[parts()][];
    Arrays.setAll(
        memory, part -> scratch.floats(rowsOfBlock() * outputWidth() * patches(0).size()));
    return memory;
  }

  /** Works on all blocks: the parts at once, and those of a part in order. */
  public void forEach(Scratch scratch, Consumer<Block> work) {
    scratch.parallel(parts(), part -> {
      for (int n = part * images / parts(); n < (part + 1) * images / parts(); n++) {
        for (int row = 0; row < outputHeight(); row += rowsOfBlock()) {
          int rows = Math.min(rowsOfBlock(), outputHeight() - row);
          for (int group = 0; group < groups; group++) {
            work.accept(new Block(this, part, n, group, row, rows));
          }
        }
      }
    });
  }
}
