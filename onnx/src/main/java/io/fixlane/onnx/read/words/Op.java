package io.fixlane.onnx.read.words;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.FlattenLayer;
import io.fixlane.network.layer.GlobalAverageLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.PoolLayer;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.network.layer.UpsampleLayer;
import io.fixlane.network.layer.Weights;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.read.numbers.Numbers;
import io.fixlane.onnx.read.numbers.Range;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a step of an integer network computes, before it is cast into a format. */
sealed interface Op {
  /** What a network takes. */
  record Input() implements Op {}

  /**
   * The sum of two steps.
   *
   * @param one one of them
   * @param other the other
   * @param relu whether a negative sum becomes 0
   */
  record Sum(Step one, Step other, boolean relu) implements Op {}

  /**
   * The sum of two steps of other units, which a scale that follows makes the same.
   *
   * @param one one of them
   * @param other the other
   * @param relu whether a negative sum becomes 0
   */
  record Mixed(Step one, Step other, boolean relu) implements Op {}

  /**
   * The channels of two steps, side by side.
   *
   * @param one the first of them
   * @param other the one behind
   */
  record Beside(Step one, Step other) implements Op {}

  /** The signs of words, which layers of signs take of any words. */
  record Sign() implements Op {}

  /**
   * A chain of sums and products with constants, of which only what follows tells whether and how
   * it becomes a layer.
   *
   * @param links what is done, in this order
   */
  record Chain(List<ChainLink> links) implements Op {}

  /** What one layer computes. */
  sealed interface Single extends Op {
    /** Returns the layer that casts it into a format. */
    Layer layer(String name, FixedFormat format) throws OnnxException;
  }

  /** The words of an image as features. */
  record Flatten() implements Single {
    @Override
    public Layer layer(String name, FixedFormat format) {
      return new FlattenLayer(name);
    }
  }

  /**
   * A function of each word.
   *
   * @param function the function
   */
  record Unary(UnaryLayer.Function function) implements Single {
    @Override
    public Layer layer(String name, FixedFormat format) {
      return new UnaryLayer(name, function, format);
    }
  }

  /**
   * x scale + shift.
   *
   * @param scale a number for each channel
   * @param shift as many
   */
  record Affine(Numbers scale, Numbers shift) implements Single {
    @Override
    public Layer layer(String name, FixedFormat format) throws OnnxException {
      return new ScaleAndShiftLayer(name, Weights.of(scale.tensor()), shift.tensor(), format);
    }
  }

  /**
   * Sums of products, a bias, a relu, and a scale and a shift of the exact result.
   *
   * @param weights k x n words, or those of a convolution
   * @param window how a convolution's kernel moves; null of a matrix product
   * @param bias a number for each output, or null
   * @param relu whether negative sums become 0
   * @param unscaled what lies between before the scale and shift
   * @param scaled scale and shift, or null
   */
  record Product(FixedTensor weights, @Nullable Window window, @Nullable Numbers bias, boolean relu,
      Range unscaled, @Nullable Affine scaled) implements Single {
    @Override
    public Layer layer(String name, FixedFormat format) throws OnnxException {
      OutputStage stage = OutputStage.to(scaled == null ? format : unscaled.format());
      stage = bias == null ? stage : stage.withBias(bias.tensor());
      stage = relu ? stage.withRelu() : stage;
      stage = scaled == null
          ? stage
          : stage.withScaleAndShift(scaled.scale.tensor(), scaled.shift.tensor(), format);
      Weights words = Weights.of(weights);
      return window == null
          ? new DenseLayer(name, words, stage)
          : new ConvLayer(name, words, window, stage);
    }
  }

  /**
   * Sums of products of signs.
   *
   * @param signs the signs of the weights, arranged as a product's
   * @param window as a product has it
   * @param result what becomes of sums that are no numbers; null of those that are cast
   */
  record SignProduct(FixedTensor signs, @Nullable Window window, @Nullable BinaryResult result)
      implements Single {
    int outputs() {
      return signs.dimension(window == null ? 1 : 0);
    }

    @Override
    public Layer layer(String name, FixedFormat format) {
      BinaryResult outcome = result == null ? BinaryResult.sums(format) : result;
      return window == null
          ? new BinaryDenseLayer(name, signs, outcome)
          : new BinaryConvLayer(name, signs, window, outcome);
    }
  }

  /**
   * A staircase from a first word on, a step for each threshold that is reached.
   *
   * @param thresholds one list for all words, or one for each channel, in ascending order
   * @param start the raw word below the first of them
   * @param step what each of them adds to it
   */
  record Staircase(FixedTensor thresholds, long start, long step) implements Single {
    @Override
    public Layer layer(String name, FixedFormat format) {
      return new ThresholdLayer(name, thresholds, Fixed.ofRaw(format, start), step);
    }
  }

  /**
   * Every pixel as a block of the same ones.
   *
   * @param factorY the rows of a block
   * @param factorX its columns
   */
  record Upsample(int factorY, int factorX) implements Single {
    @Override
    public Layer layer(String name, FixedFormat format) {
      return new UpsampleLayer(name, factorY, factorX);
    }
  }

  /**
   * The largest words under a window.
   *
   * @param window how it moves
   */
  record Max(Window window) implements Single {
    @Override
    public Layer layer(String name, FixedFormat format) {
      return new PoolLayer(name, window, new PoolLayer.Max());
    }
  }

  /**
   * Averages of the words under a window.
   *
   * @param window how it moves
   * @param paddingCounts whether padding counts as zeros
   */
  record Average(Window window, boolean paddingCounts) implements Single {
    @Override
    public Layer layer(String name, FixedFormat format) {
      return new PoolLayer(name, window, new PoolLayer.Average(paddingCounts, format));
    }
  }

  /**
   * The average of each channel.
   *
   * @param window the whole image
   */
  record Global(Window window) implements Single {
    @Override
    public Layer layer(String name, FixedFormat format) {
      return new GlobalAverageLayer(name, format);
    }
  }
}
