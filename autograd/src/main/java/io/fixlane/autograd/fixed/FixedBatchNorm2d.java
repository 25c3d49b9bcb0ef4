package io.fixlane.autograd.fixed;

import io.fixlane.autograd.RunningStatistics;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.fixed.cast.ScaleAndShiftOp;
import io.fixlane.autograd.layers.BatchNorm2d;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Elementwise;
import io.fixlane.kernels.KHot;
import io.fixlane.tensor.FixedTensor;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation of the last dimension, the channels, in fixed-point arithmetic: y = cast(x s
 * + b), or cast(max(x s + b, 0)), with s = cast(gamma / sqrt(variance + epsilon)) and b = cast(beta
 * - mean gamma / sqrt(variance + epsilon)). Mean and variance are those of the batch in training,
 * with gradients, and the running ones in evaluation. Given s and b, y is bit for bit what
 * {@link Elementwise#scaleAndShift} computes. It is not folded into the layer before:
 * {@link Qfx#fold} does that.
 */
public final class FixedBatchNorm2d extends TapeLayer {
  private final Tensor gamma;
  private final Tensor beta;
  private final RunningStatistics statistics;
  private final FixedCast scaleCast;
  private final FixedCast shiftCast;
  private final Activation activation;
  private final FixedCast outputCast;
  private final @Nullable KHot kHot;

  /** Makes the twin of a float layer whose results are cast as they are. */
  public FixedBatchNorm2d(BatchNorm2d layer, TrainableFormat scale, TrainableFormat shift,
      TrainableFormat output, @Nullable KHot kHot) {
    this(layer, scale, shift, Activation.NONE, output, kHot);
  }

  /**
   * Makes the twin of a float layer, whose parameters and running statistics it copies.
   *
   * @param layer the float layer
   * @param scale the format of the scales
   * @param shift the format of the shifts
   * @param activation what happens to x s + b before its cast
   * @param output the format of the output
   * @param kHot what makes the scales K-hot; null to leave them
   */
  public FixedBatchNorm2d(BatchNorm2d layer, TrainableFormat scale, TrainableFormat shift,
      Activation activation, TrainableFormat output, @Nullable KHot kHot) {
    int channels = layer.gamma().size();
    this.gamma = parameter("gamma", layer.gamma().data().clone(), channels);
    this.beta = parameter("beta", layer.beta().data().clone(), channels);
    this.statistics = layer.runningStatistics().copy();
    statistics.state().forEach(this::statistics);
    this.scaleCast = layer("scaleCast", new FixedCast(scale));
    this.shiftCast = layer("shiftCast", new FixedCast(shift));
    this.activation = activation;
    this.outputCast = layer("outputCast", new FixedCast(output));
    this.kHot = kHot;
  }

  /** Returns what makes the scales K-hot; null if nothing does. */
  public @Nullable KHot kHot() {
    return kHot;
  }

  /** Returns the running mean and variance of each channel. */
  public RunningStatistics runningStatistics() {
    return statistics;
  }

  /** Returns what happens to x s + b before its cast. */
  public Activation activation() {
    return activation;
  }

  /** Returns the cast of the scales. */
  FixedCast scaleCast() {
    return scaleCast;
  }

  /** Returns the cast of the output. */
  public FixedCast outputCast() {
    return outputCast;
  }

  /**
   * What x is multiplied by, and what is added, as words.
   *
   * @param scale for each channel
   * @param shift for each channel
   */
  record ScaleAndShift(Tensor scale, Tensor shift) {
    /** Returns the format of every exact x s + b. */
    FixedFormat exact(FixedFormat x) {
      return x.times(FixedWords.format("scale", scale))
          .plus(FixedWords.format("shift", shift));
    }
  }

  /** Returns the words of scale and shift, from the statistics of x or the running ones. */
  ScaleAndShift scaleAndShift(Tape tape, Tensor x) {
    Tensor both = tape.batchScaleAndShift(x, gamma, beta, statistics);
    Tensor scale = forward(tape, "scaleCast", tape.row(both, 0));
    return new ScaleAndShift(
        KHotOp.apply(tape, kHot, scale), forward(tape, "shiftCast", tape.row(both, 1)));
  }

  /**
   * Returns whether the cast into the result's format does the activation too.
   */
  boolean castsAtOnce(FixedFormat result) {
    return activation == Activation.NONE || result.rectifies();
  }

  /**
   * Computes the output.
   *
   * @throws IllegalArgumentException if x carries no format
   */
  @Override
  public Tensor forward(Tape tape, Tensor x) {
    FixedFormat input = FixedWords.format("the input", x);
    ScaleAndShift words = scaleAndShift(tape, x);
    outputCast.startFrom(tape, () -> activation.apply(
        tape, tape.add(tape.multiply(x, words.scale()), words.shift())));
    FixedFormat result = outputCast.format();
    float[] values = FixedWords.fitFloats(words.exact(input))
        ? null
        : FixedWords.compute(tape, result, x.shape(), target -> run(x, words, target));
    return outputCast.apply(
        tape, new ScaleAndShiftOp(
            result, outputCast.trainable().passesEverywhere(), activation == Activation.RELU,
            values),
        x, words.scale(), words.shift());
  }

  /** Computes exact words. */
  private void run(Tensor x, ScaleAndShift words, FixedTensor target) {
    FixedTensor from = FixedWords.of(x);
    FixedTensor scale = FixedWords.of(words.scale());
    FixedTensor shift = FixedWords.of(words.shift());
    if (castsAtOnce(target.format())) {
      Elementwise.scaleAndShift(from.format(), scale, shift, target.format())
          .run(from, target);
    } else {
      FixedFormat exact = words.exact(from.format());
      FixedTensor sum = FixedTensor.allocate(exact, x.shape());
      Elementwise.scaleAndShift(from.format(), scale, shift, exact).run(from, sum);
      Elementwise.relu(exact, target.format()).run(sum, target);
    }
  }
}
