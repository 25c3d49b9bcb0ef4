package io.fixlane.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Values and gradients of what goes element by element, with every way to repeat an operand. */
class ElementwiseGradientTest {
  private static GradientCheck.Value unary(DoubleUnaryOperator operator) {
    return inputs -> Arrays.stream(inputs[0]).map(operator).toArray();
  }

  private static void binary(
      GradientCheck.Graph graph, DoubleBinaryOperator operator, List<Integer> shape, int shared,
      long seed) {
    Random random = new Random(seed);
    int[] whole = shape.stream().mapToInt(Integer::intValue).toArray();
    int[] last = Arrays.copyOfRange(whole, Math.min(shared, whole.length), whole.length);
    GradientCheck.Value value = inputs -> {
      double[] y = new double[inputs[0].length];
      for (int i = 0; i < y.length; i++) {
        y[i] = operator.applyAsDouble(inputs[0][i], inputs[1][i % inputs[1].length]);
      }
      return y;
    };
    Tensor b = GradientCheck.random(random, last);
    for (int i = 0; i < b.size(); i++) {
      // Divisors of 0.5 to 2, so that the differences are exact enough.
      b.data()[i] = Math.copySign(0.5f + 1.5f * Math.abs(b.data()[i]), b.data()[i]);
    }
    GradientCheck.check(graph, value, GradientCheck.random(random, whole), b);
  }

  @Property(tries = 40)
  void add(@ForAll @Size(min = 1, max = 3) List<@IntRange(min = 1, max = 5) Integer> shape,
      @ForAll @IntRange(max = 3) int shared, @ForAll long seed) {
    binary((tape, in) -> tape.add(in[0], in[1]), (a, b) -> a + b, shape, shared, seed);
  }

  @Property(tries = 40)
  void subtract(@ForAll @Size(min = 1, max = 3) List<@IntRange(min = 1, max = 5) Integer> shape,
      @ForAll @IntRange(max = 3) int shared, @ForAll long seed) {
    binary((tape, in) -> tape.subtract(in[0], in[1]), (a, b) -> a - b, shape, shared, seed);
  }

  @Property(tries = 40)
  void multiply(@ForAll @Size(min = 1, max = 3) List<@IntRange(min = 1, max = 5) Integer> shape,
      @ForAll @IntRange(max = 3) int shared, @ForAll long seed) {
    binary((tape, in) -> tape.multiply(in[0], in[1]), (a, b) -> a * b, shape, shared, seed);
  }

  @Property(tries = 40)
  void divide(@ForAll @Size(min = 1, max = 3) List<@IntRange(min = 1, max = 5) Integer> shape,
      @ForAll @IntRange(max = 3) int shared, @ForAll long seed) {
    binary((tape, in) -> tape.divide(in[0], in[1]), (a, b) -> a / b, shape, shared, seed);
  }

  @Property(tries = 30)
  void negate(@ForAll @IntRange(min = 1, max = 40) int size, @ForAll long seed) {
    GradientCheck.check(
        (tape, in) -> tape.negate(in[0]), unary(x -> -x),
        GradientCheck.random(new Random(seed), size));
  }

  @Property(tries = 30)
  void relu(@ForAll @IntRange(min = 1, max = 40) int size, @ForAll long seed) {
    GradientCheck.check(
        (tape, in) -> tape.relu(in[0]), unary(x -> Math.max(x, 0)),
        GradientCheck.random(new Random(seed), size));
  }

  @Property(tries = 30)
  void leakyRelu(@ForAll @IntRange(min = 1, max = 40) int size, @ForAll long seed) {
    GradientCheck.check(
        (tape, in) -> tape.leakyRelu(in[0], 0.1f), unary(x -> x > 0 ? x : 0.1f * x),
        GradientCheck.random(new Random(seed), size));
  }

  @Property(tries = 30)
  void sigmoid(@ForAll @IntRange(min = 1, max = 40) int size, @ForAll long seed) {
    GradientCheck.check(
        (tape, in) -> tape.sigmoid(in[0]), unary(x -> 1 / (1 + Math.exp(-x))),
        GradientCheck.random(new Random(seed), size));
  }

  @Property(tries = 30)
  void tanh(@ForAll @IntRange(min = 1, max = 40) int size, @ForAll long seed) {
    GradientCheck.check((tape, in) -> tape.tanh(in[0]), unary(Math::tanh),
        GradientCheck.random(new Random(seed), size));
  }

  /** The straight-through estimator: gradients pass within the reach; 0 and -0 count as +1. */
  @Example
  void sign() {
    float[] numbers = {-3, -1, -0.5f, -0f, 0, 0.5f, 1, 2};
    for (float reach : new float[] {1, Float.POSITIVE_INFINITY}) {
      Tape tape = Tape.training(Workers.SINGLE);
      Tensor x = Tensor.parameter(numbers, numbers.length);
      Tensor signs = tape.sign(x, reach);
      tape.backward(tape.sum(signs));
      assertThat(signs.data()).containsExactly(-1, -1, -1, 1, 1, 1, 1, 1);
      float far = reach == 1 ? 0 : 1;
      assertThat(x.grad()).containsExactly(far, 1, 1, 1, 1, 1, 1, far);
    }
    Tensor nan = Tensor.of(new float[] {Float.NaN}, 1);
    Tape tape = Tape.evaluating(Workers.SINGLE);
    assertThat(tape.sign(nan, 1).item()).isNaN();
    assertThatThrownBy(() -> tape.sign(nan, 0)).hasMessage("reach is 0.0: it must be positive");
  }

  @Property(tries = 30)
  void sum(@ForAll @IntRange(min = 1, max = 700) int size, @ForAll long seed) {
    GradientCheck.check(
        (tape, in) -> tape.sum(in[0]),
        in -> new double[] {Arrays.stream(in[0]).sum()},
        GradientCheck.random(new Random(seed), size));
  }

  @Property(tries = 30)
  void mean(@ForAll @IntRange(min = 1, max = 700) int size, @ForAll long seed) {
    GradientCheck.check(
        (tape, in) -> tape.mean(in[0]),
        in -> new double[] {Arrays.stream(in[0]).average().orElseThrow()},
        GradientCheck.random(new Random(seed), size));
  }

  @Property(tries = 30)
  void reshapeAndFlatten(@ForAll @IntRange(min = 1, max = 9) int size, @ForAll long seed) {
    GradientCheck.check(
        (tape, in) -> tape.flatten(tape.reshape(in[0], size, 2, 3)), in -> in[0].clone(),
        GradientCheck.random(new Random(seed), 6, size));
  }

  /** A tensor that is used twice has the sum of both gradients. */
  @Property(tries = 30)
  void severalUses(@ForAll @IntRange(min = 1, max = 40) int size, @ForAll long seed) {
    GradientCheck.check(
        (tape, in) -> tape.add(tape.multiply(in[0], in[0]), tape.add(in[0], in[0])),
        unary(x -> x * x + 2 * x), GradientCheck.random(new Random(seed), size));
  }
}
