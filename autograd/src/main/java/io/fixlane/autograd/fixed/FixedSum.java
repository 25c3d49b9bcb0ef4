package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.tensor.FixedTensor;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of a layer that sums up products, from a bias on, and casts what an activation
 * makes of the sum. It is
 * computed in floats where {@link SumBound} proves that these are exact; elsewhere floats carry the
 * gradients alone, and a plan of the kernels computes the words.
 */
final class FixedSum {
  private final Product product;
  private final @Nullable FixedFormat accumulator;
  private final Activation activation;
  private final FixedCast output;

  FixedSum(Product product, @Nullable FixedFormat accumulator, Activation activation,
      FixedCast output) {
    this.product = product;
    this.accumulator = accumulator;
    this.activation = activation;
    this.output = output;
  }

  /** Computes the output from words of activations, weights and, if there is one, a bias. */
  Tensor forward(Tape tape, Tensor x, Tensor weights, @Nullable Tensor bias) {
    FixedFormat activations = FixedWords.format("the input", x);
    Tensor products = product.floats(tape, x, weights);
    Tensor sum =
        activation.apply(tape, bias == null ? products : tape.add(products, bias));
    if (SumBound.of(activations, weights, bias).isExactIn(accumulator)) {
      return output.forward(tape, sum);
    }
    FixedTensor words = FixedWords.of(x);
    FixedTensor constant = FixedWords.of(weights);
    return output.forward(tape, sum, format -> FixedWords.compute(
        tape, format, sum.shape(),
        target -> product.run(words, constant, stage(format, bias), target)));
  }

  /** Returns what surrounds the products: bias, accumulator, activation and output. */
  OutputStage stage(FixedFormat result, @Nullable Tensor bias) {
    OutputStage stage = OutputStage.to(result);
    if (bias != null) {
      stage = stage.withBias(FixedWords.of(bias));
    }
    stage = accumulator == null ? stage : stage.withAccumulator(accumulator);
    return activation == Activation.RELU ? stage.withRelu() : stage;
  }

  Product product() {
    return product;
  }

  FixedCast output() {
    return output;
  }
}
