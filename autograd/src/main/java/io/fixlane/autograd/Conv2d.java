package io.fixlane.autograd;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The convolution of images with a kernel of window height x window width x channels / groups x
 * outputs; the outputs of a group see the channels of that group. As products of matrices over the
 * patches P of each group: Y = P W; dW = P^T dY; dP = dY W^T.
 *
 * <p>The threads share the images in parts that depend on their number alone; the gradient of the
 * kernel is the sum over the parts, in order, of their sums.
 */
record Conv2d(Window window, int groups) implements Op {
  private static final int PARTS = 8;
  /** Patches of at most so many numbers are computed at once, to stay in the cache. */
  private static final int BLOCK = 1 << 16;

  /** Works on a block of the places of a group in an image. */
  @FunctionalInterface
  private interface Block {
    /**
     * Does the work.
     *
     * @param patches the patches of the block
     * @param y the part of the output, or of its gradient, that belongs to them
     */
    void run(Matrix patches, Matrix y, int image, int row, int rows, int group);
  }

  @Override
  public int[] shape(Tensor... inputs) {
    window.requireFits(this, inputs);
    require(
        inputs.length == 2 && inputs[1].rank() == 4, inputs,
        "the second must be a kernel, height x width x channels x outputs");
    Tensor x = inputs[0];
    Tensor w = inputs[1];
    require(
        w.dimension(0) == window.height() && w.dimension(1) == window.width(), inputs,
        "the kernel must have the window's " + window.height() + " x " + window.width());
    require(
        x.dimension(3) == w.dimension(2) * groups, inputs,
        "with " + groups + " groups, the images must have " + groups
            + " times the kernel's channels");
    require(
        w.dimension(3) % groups == 0, inputs,
        "the kernel's outputs must be a multiple of the " + groups + " groups");
    return new int[] {
      x.dimension(0), window.outputHeight(x.dimension(1)), window.outputWidth(x.dimension(2)),
      w.dimension(3)};
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    int[] shape = shape(inputs);
    float[] y = tape.floats(shape[0] * shape[1] * shape[2] * shape[3]);
    Sizes sizes = new Sizes(window, groups, inputs[0], inputs[1]);
    int parts = sizes.parts();
    float[][] scratch = sizes.scratch(tape, parts);
    tape.parallel(
        parts, part -> sizes.forEach(
            inputs[0].data(), y, part, parts, scratch[part],
            (patches, out, image, row, rows, group) -> FloatGemm
                .multiply(patches, sizes.kernel(inputs[1].data(), group), out)));
    return y;
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    Sizes sizes = new Sizes(window, groups, inputs[0], inputs[1]);
    int parts = sizes.parts();
    float[] g = Op.gradient(output);
    float[] w = inputs[1].data();
    float[] dx = inputs[0].requiresGrad() ? tape.zeros(inputs[0].size()) : null;
    float[] dw = inputs[1].requiresGrad() ? tape.zeros(parts * w.length) : null;
    float[][] scratch = sizes.scratch(tape, parts);
    float[][] gradients = sizes.scratch(tape, parts);
    Matrix[] transposed = new Matrix[groups];
    for (int group = 0; group < groups; group++) {
      transposed[group] = sizes.kernel(w, group).transpose().packed(tape);
    }
    tape.parallel(
        parts, part -> sizes.forEach(
            inputs[0].data(), g, part, parts, scratch[part],
            (patches, dy, image, row, rows, group) -> {
              if (dw != null) {
                FloatGemm.multiplyAdd(
                    patches.transpose(), dy, sizes.kernel(dw, part * w.length, group));
              }
              if (dx != null) {
                Matrix dp = new Matrix(gradients[part], patches.rows(), patches.columns());
                FloatGemm.multiply(dy, transposed[group], dp);
                sizes.patches(group).scatter(dp.data(), row, rows, dx, image);
              }
            }));
    return new float[][] {dx, dw == null ? null : PartialSums.add(tape, dw, parts)};
  }

  /** The sizes of a convolution, and the matrices that it is made of. */
  private record Sizes(Window window, int groups, Tensor x, Tensor w) {
    Patches patches(int group) {
      int depth = w.dimension(2);
      return new Patches(
          window, x.dimension(1), x.dimension(2), x.dimension(3), group * depth, depth);
    }

    int parts() {
      return Math.min(PARTS, x.dimension(0));
    }

    int outputHeight() {
      return window.outputHeight(x.dimension(1));
    }

    int outputWidth() {
      return window.outputWidth(x.dimension(2));
    }

    /** Rows of places that are computed at once. */
    int blockRows() {
      return Math.clamp(BLOCK / ((long) outputWidth() * patches(0).size()), 1, outputHeight());
    }

    float[][] scratch(Tape tape, int parts) {
      int size = blockRows() * outputWidth() * patches(0).size();
      float[][] scratch = new float[parts][];
      Arrays.setAll(scratch, part -> tape.floats(size));
      return scratch;
    }

    /** The kernel of a group: patch size x outputs of the group. */
    Matrix kernel(float[] w, int group) {
      return kernel(w, 0, group);
    }

    Matrix kernel(float[] data, int offset, int group) {
      int outputs = w.dimension(3);
      return new Matrix(data, offset, patches(0).size(), outputs, outputs, 1)
          .columns(group * outputs / groups, outputs / groups);
    }

    void forEach(float[] x, float[] y, int part, int parts, float[] scratch, Block block) {
      int images = this.x.dimension(0);
      for (int n = part * images / parts; n < (part + 1) * images / parts; n++) {
        for (int row = 0; row < outputHeight(); row += blockRows()) {
          int rows = Math.min(blockRows(), outputHeight() - row);
          for (int group = 0; group < groups; group++) {
            forBlock(x, y, n, row, rows, group, scratch, block);
          }
        }
      }
    }

    private void forBlock(
        float[] x, float[] y, int n, int row, int rows, int group, float[] scratch, Block block) {
      Patches patches = patches(group);
      int image = n * patches.height() * patches.width() * patches.channels();
      patches.gather(x, image, row, rows, scratch);
      int places = rows * outputWidth();
      int outputs = w.dimension(3);
      int at = (n * outputHeight() + row) * outputWidth() * outputs;
      Matrix out = new Matrix(y, at, places, outputs, outputs, 1)
          .columns(group * outputs / groups, outputs / groups);
      block.run(new Matrix(scratch, places, patches.size()), out, image, row, rows, group);
    }
  }
}
