package io.fixlane.autograd.layers;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The dense layer: y = x weight + bias, for rows x; the weight is inputs x outputs. */
public final class Linear extends TapeLayer {
  private final Tensor weight;
  private final @Nullable Tensor bias;

  /** Makes the layer with a bias, as {@link #Linear(int, int, Bias, RandomGenerator)}. */
  public Linear(int inputs, int outputs, RandomGenerator random) {
    this(inputs, outputs, Bias.LEARNED, random);
  }

  /**
   * Makes the layer.
   *
   * @param inputs numbers of a row of the input
   * @param outputs numbers of a row of the output
   * @param bias whether it has a bias
   * @param random gives the start values of the weights, He's
   * @throws IllegalArgumentException if a number is not positive
   */
  public Linear(int inputs, int outputs, Bias bias, RandomGenerator random) {
    int size = Math.multiplyExact(He.positive("inputs", inputs), He.positive("outputs", outputs));
    this.weight = parameter("weight", He.uniform(random, size, inputs), inputs, outputs);
    this.bias = bias == Bias.NONE ? null : parameter("bias", new float[outputs], outputs);
  }

  /** Returns the weight, inputs x outputs. */
  public Tensor weight() {
    return weight;
  }

  /** Returns the bias, one number for each output; null where there is none. */
  public @Nullable Tensor bias() {
    return bias;
  }

  @Override
  public Tensor forward(Tape tape, Tensor x) {
    Tensor y = tape.matmul(x, weight);
    return bias == null ? y : tape.add(y, bias);
  }
}
