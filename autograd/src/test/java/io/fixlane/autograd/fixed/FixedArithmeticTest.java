package io.fixlane.autograd.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Elementwise;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arithmetic on words gives the words of the kernels, exact floats or not. */
class FixedArithmeticTest {
  private static final int TRIALS = 40;

  private static final FixedFormat SIX_BITS = FixedFormat.signed(6, 3);
  private static final FixedCast OPERAND = new FixedCast(TrainableFormat.pinned(SIX_BITS));

  private final Tape tape = Tape.evaluating(Workers.SINGLE);

  @Nested
  class Examples extends FixedArithmeticExample {}

  enum Operator {
    ADD, SUBTRACT, MULTIPLY, DIVIDE;

    Tensor run(Tape tape, Tensor a, Tensor b, FixedCast result) {
      return switch (this) {
        case ADD -> FixedArithmetic.add(tape, a, b, result);
        case SUBTRACT -> FixedArithmetic.subtract(tape, a, b, result);
        case MULTIPLY -> FixedArithmetic.multiply(tape, a, b, result);
        case DIVIDE -> FixedArithmetic.divide(tape, a, b, result);
      };
    }

    Elementwise plan(FixedFormat a, FixedFormat b, FixedFormat result) {
      return switch (this) {
        case ADD -> Elementwise.add(a, b, result);
        case SUBTRACT -> Elementwise.subtract(a, b, result);
        case MULTIPLY -> Elementwise.multiply(a, b, result);
        case DIVIDE -> Elementwise.divide(a, b, result);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesTheWordsOfTheKernels(Operator operator) {
    RandomFormats formats = new RandomFormats(operator.ordinal());
    for (int trial = 0; trial < TRIALS; trial++) {
      // Half of the exact results are wider than a float's 24 bits.
      int most = trial % 2 == 0 ? 11 : 24;
      FixedFormat left = formats.format(1, most);
      FixedFormat right = formats.format(1, most);
      FixedFormat result = formats.format(1, 24);
      Tensor a = formats.words(left, 3, 5, 4);
      int[][] shapes = {{3, 5, 4}, {4}, {1}};
      Tensor b = formats.words(right, shapes[trial % 3]);
      if (operator == Operator.DIVIDE) {
        replaceZeros(b);
      }
      Tensor y = operator.run(tape, a, b, new FixedCast(TrainableFormat.pinned(result)));
      FixedTensor expected = FixedTensor.allocate(result, 3, 5, 4);
      operator.plan(left, right, result).run(FixedWords.of(a), FixedWords.of(b), expected);
      assertThat(y.format()).isEqualTo(result);
      assertThat(FixedWords.of(y).contentEquals(expected))
          .as("%s of %s and %s -> %s", operator, left, right, result).isTrue();
      assertThat(y.data()).containsExactly(expected.dequantize(new float[y.size()]));
    }
  }

  /**
   * In a format that holds every result, gradients are those of the float operation; and where a
   * result saturates they are 0.
   */
  @ParameterizedTest
  @EnumSource
  void gradientsAreThoseOfTheFloatOperationWhereNothingSaturates(Operator operator) {
    RandomFormats formats = new RandomFormats(7);
    int[][] shapes = {{3, 5, 4}, {4}, {1}};
    for (int[] shape : shapes) {
      Tensor a = parameter(formats.words(SIX_BITS, 3, 5, 4));
      Tensor b = parameter(formats.words(SIX_BITS, shape));
      replaceZeros(b, SIX_BITS);
      Graph floatGraph = (tape, x, y) -> switch (operator) {
        case ADD -> tape.add(x, y);
        case SUBTRACT -> tape.subtract(x, y);
        case MULTIPLY -> tape.multiply(x, y);
        case DIVIDE -> tape.divide(x, y);
      };
      float[][] floats = gradients(floatGraph, a, b);
      FixedCast wide = new FixedCast(
          TrainableFormat.pinned(FixedFormat.parse("ap_fixed<20,8,AP_RND,AP_SAT>")));
      assertThat(gradients((tape, x, y) -> operator.run(tape, x, y, wide), a, b))
          .isDeepEqualTo(floats);
      FixedCast zeroAlone = new FixedCast(
          TrainableFormat.pinned(FixedFormat.parse("ap_ufixed<1,-24,AP_TRN,AP_SAT>")));
      float[] ofA = gradients((tape, x, y) -> operator.run(tape, x, y, zeroAlone), a, b)[0];
      Tensor results = floatGraph.run(tape, a, b);
      for (int i = 0; i < ofA.length; i++) {
        assertThat(ofA[i]).isEqualTo(results.data()[i] == 0 ? floats[0][i] : 0);
      }
    }
  }

  private interface Graph {
    Tensor run(Tape tape, Tensor x, Tensor y);
  }

  /** Returns the gradients of the sum of the results, by each operand. */
  private static float[][] gradients(Graph graph, Tensor a, Tensor b) {
    Tape training = Tape.training(Workers.SINGLE);
    training.backward(training.sum(graph.run(
        training, OPERAND.forward(training, a), OPERAND.forward(training, b))));
    float[][] gradients = {a.grad().clone(), b.grad().clone()};
    training.reset();
    return gradients;
  }

  private static Tensor parameter(Tensor words) {
    return Tensor.parameter(words.data(), words.shape());
  }

  private static void replaceZeros(Tensor words) {
    replaceZeros(words, words.format());
  }

  private static void replaceZeros(Tensor words, FixedFormat format) {
    for (int i = 0; i < words.size(); i++) {
      if (words.data()[i] == 0) {
        words.data()[i] = (float) format.value(format.maxRaw().signum() > 0
            ? format.maxRaw()
            : format.minRaw()).doubleValue();
      }
    }
  }

  @Test
  void whatIsNoWordOrNoDivisorIsRefused() {
    FixedCast result = new FixedCast(TrainableFormat.pinned(FixedFormat.signed(8, 4)));
    Tensor words = result.forward(tape, Tensor.of(new float[] {1, 0}, 2));
    Tensor floats = Tensor.of(new float[] {1, 2}, 2);
    assertThatThrownBy(() -> FixedArithmetic.add(tape, words, floats, result))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("b, [2], has no fixed-point format: a FixedCast must come before");
    assertThatThrownBy(() -> FixedArithmetic.divide(tape, words, words, result))
        .isInstanceOf(ArithmeticException.class).hasMessage("divisor 1 is 0");
  }
}
