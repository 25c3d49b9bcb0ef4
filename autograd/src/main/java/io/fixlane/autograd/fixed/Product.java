package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.kernels.Conv2d;
import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.OutputStage;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;

/** A layer's sums of products: as a float operation, and as a plan of the kernels on words. */
sealed interface Product {
  /** Computes the sums in floats. */
  Tensor floats(Tape tape, Tensor x, Tensor weights);

  /** Computes the sums of words, and what follows. */
  void run(FixedTensor x, FixedTensor weights, OutputStage stage, FixedTensor target);

  /** Returns weights as the plans of the kernels take them. */
  FixedTensor arranged(FixedTensor weights);

  /** Rows times a matrix of inputs x outputs. */
  record Dense() implements Product {
    @Override
    public Tensor floats(Tape tape, Tensor x, Tensor weights) {
      return tape.matmul(x, weights);
    }

    @Override
    public void run(
        FixedTensor x, FixedTensor weights, OutputStage stage, FixedTensor target) {
      Gemm.of(x.format(), arranged(weights), stage).run(x, target);
    }

    @Override
    public FixedTensor arranged(FixedTensor weights) {
      return weights;
    }
  }

  /**
   * A convolution with a kernel of height x width x channels of a group x outputs.
   *
   * @param window how the kernel slides
   * @param groups the groups of channels and outputs
   */
  record Convolution(Window window, int groups) implements Product {
    @Override
    public Tensor floats(Tape tape, Tensor x, Tensor weights) {
      return tape.conv2d(x, weights, window, groups);
    }

    @Override
    public void run(
        FixedTensor x, FixedTensor weights, OutputStage stage, FixedTensor target) {
      convolve(x, arranged(weights), window, groups, stage, target);
    }

    @Override
    public FixedTensor arranged(FixedTensor weights) {
      return channelsFirst(weights, weights.dimension(2), weights.dimension(3));
    }
  }

  /**
   * A convolution of each channel with a kernel of its own, height x width x channels.
   *
   * @param window how the kernels slide
   */
  record Depthwise(Window window) implements Product {
    @Override
    public Tensor floats(Tape tape, Tensor x, Tensor weights) {
      return tape.depthwiseConv2d(x, weights, window);
    }

    @Override
    public void run(
        FixedTensor x, FixedTensor weights, OutputStage stage, FixedTensor target) {
      convolve(x, arranged(weights), window, weights.dimension(2), stage, target);
    }

    @Override
    public FixedTensor arranged(FixedTensor weights) {
      return channelsFirst(weights, 1, weights.dimension(2));
    }
  }

  private static void convolve(FixedTensor x, FixedTensor weights, Window window, int groups,
      OutputStage stage, FixedTensor target) {
    ImageShape image = ImageShape.of(x.dimension(1), x.dimension(2), x.dimension(3));
    Conv2d.of(x.format(), weights, image, window, groups, stage).run(x, target);
  }

  /** From height x width x channels x outputs to outputs x channels x height x width. */
  private static FixedTensor channelsFirst(FixedTensor weights, int channels, int outputs) {
    int height = weights.dimension(0);
    int width = weights.dimension(1);
    int taps = height * width;
    FixedTensor arranged =
        FixedTensor.allocate(weights.format(), outputs, channels, height, width);
    for (int tap = 0; tap < taps; tap++) {
      for (int c = 0; c < channels; c++) {
        for (int o = 0; o < outputs; o++) {
          arranged.setRaw(
              ((long) o * channels + c) * taps + tap,
              weights.raw(((long) tap * channels + c) * outputs + o));
        }
      }
    }
    return arranged;
  }
}
