package io.fixlane.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fixlane.autograd.arrays.Shapes;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;
import org.apache.commons.math3.analysis.differentiation.FiniteDifferencesDifferentiator;

/**
 * Holds an operation against a second implementation of its value in double precision, and its
 * gradients against central finite differences of that one.
 */
final class GradientCheck {
  /** Five points, a thousandth apart: wrong by about 1e-12 for what is computed here. */
  private static final FiniteDifferencesDifferentiator DIFFERENTIATOR =
      new FiniteDifferencesDifferentiator(5, 1e-3);

  /** The operation, on a tape. */
  @FunctionalInterface
  interface Graph {
    Tensor run(Tape tape, Tensor... inputs);
  }

  /** The operation's value, by a second implementation. */
  @FunctionalInterface
  interface Value {
    double[] of(double[]... inputs);
  }

  private GradientCheck() {}

  /** Checks the value and every gradient; the loss is a random combination of the results. */
  static void check(Graph graph, Value value, Tensor... inputs) {
    for (Workers workers : new Workers[] {Workers.SINGLE, TwoThreads.WORKERS}) {
      Tape tape = Tape.training(workers);
      Tensor output = graph.run(tape, inputs);
      double[][] exact = Arrays.stream(inputs).map(GradientCheck::widen).toArray(double[][]::new);
      double[] expected = value.of(exact);
      assertClose("value", output.data(), expected);

      float[] weights = numbers(new Random(7), output.size());
      Tensor combination = Tensor.of(weights, output.shape());
      tape.backward(tape.sum(tape.multiply(output, combination)));
      for (int i = 0; i < inputs.length; i++) {
        if (inputs[i].requiresGrad()) {
          assertClose(
              "gradient of input " + i, inputs[i].grad(),
              differences(value, exact, i, widen(combination)));
        }
      }
      tape.reset();
    }
  }

  /** Differentiates the combination of the results by each number of an input. */
  private static double[] differences(Value value, double[][] inputs, int i, double[] weights) {
    double[] input = inputs[i];
    double[] differences = new double[input.length];
    for (int j = 0; j < input.length; j++) {
      double at = input[j];
      int place = j;
      UnivariateFunction loss = t -> {
        input[place] = t;
        double[] y = value.of(inputs);
        double sum = 0;
        for (int k = 0; k < y.length; k++) {
          sum += weights[k] * y[k];
        }
        return sum;
      };
      differences[j] = DIFFERENTIATOR.differentiate(loss)
          .value(new DerivativeStructure(1, 1, 0, at)).getPartialDerivative(1);
      input[j] = at;
    }
    return differences;
  }

  /** Single precision is wrong by 2^-24 a step: the largest number says how much that may be. */
  private static void assertClose(String what, float[] actual, double[] expected) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).as(what + " " + i).isCloseTo(
          expected[i], within(2e-5 * (largest + 0.1)));
    }
  }

  static double[] widen(Tensor tensor) {
    double[] wide = new double[tensor.size()];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = tensor.data()[i];
    }
    return wide;
  }

  /** Returns numbers in [-1, 1], none near 0, where a kink may be. */
  static float[] numbers(Random random, int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (0.05f + 0.95f * random.nextFloat()) * (random.nextBoolean() ? 1 : -1);
    }
    return numbers;
  }

  /** Returns different numbers, no two so near that a difference could swap them. */
  static float[] apart(Random random, int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      numbers[i] = numbers[j];
      numbers[j] = 0.02f * (i - size / 2f) + 0.011f;
    }
    return numbers;
  }

  /** Makes a parameter of random numbers. */
  static Tensor random(Random random, int... shape) {
    return Tensor.parameter(numbers(random, Shapes.size(shape)), shape);
  }
}
