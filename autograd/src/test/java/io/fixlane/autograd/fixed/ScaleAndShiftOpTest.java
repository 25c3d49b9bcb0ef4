package io.fixlane.autograd.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.fixed.cast.ScaleAndShiftOp;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The one operation gives what a product, a sum, a relu and a cast give one after the other. */
class ScaleAndShiftOpTest {
  private static final int LEARNED = 3;

  @Property(tries = 60)
  void isTheOperationsItStandsFor(
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 700) int channels, @ForAll Activation activation,
      @ForAll GradientMode mode, @ForAll QuantizationMode quantization,
      @ForAll OverflowMode overflow, @ForAll boolean signed, @ForAll long seed) {
    boolean minus = signed || !overflow.servesUnsigned();
    FixedFormat format = new FixedFormat(minus, 6, 1, quantization, overflow, 0);
    assertSame(Workers.SINGLE, rows, channels, activation, format, mode, seed);
  }

  /** So many numbers that several threads share them. */
  @Example
  void onTwoThreads() {
    FixedFormat format = FixedFormat.parse("ap_ufixed<8,1,AP_RND_CONV,AP_SAT>");
    try (Workers two = Workers.of(2)) {
      assertSame(two, 40_000, 5, Activation.RELU, format, GradientMode.CLIPPED, 1);
    }
  }

  private static void assertSame(Workers workers, int rows, int channels, Activation activation,
      FixedFormat format, GradientMode mode, long seed) {
    FixedCast cast = new FixedCast(
        TrainableFormat.learned(format, new StartRule.Given()).withGradient(mode));
    List<Tensor> inputs = new ArrayList<>();
    Random random = new Random(seed);
    inputs.add(words(random, rows, channels));
    inputs.add(words(random, channels));
    inputs.add(words(random, channels));
    inputs.add(cast.parameters().get(FixedCast.INTEGER_BITS));
    Tensor upstream = words(random, rows, channels);

    Tape tape = Tape.training(workers);
    Tensor y = activation.apply(
        tape, tape.add(tape.multiply(inputs.get(0), inputs.get(1)), inputs.get(2)));
    List<float[]> expected = run(tape, inputs, cast.forward(tape, y), upstream);
    Tensor once = cast.apply(tape, new ScaleAndShiftOp(
        format, mode == GradientMode.PLAIN, activation == Activation.RELU, null), inputs.get(0),
        inputs.get(1), inputs.get(2));
    List<float[]> actual = run(tape, inputs, once, upstream);

    assertThat(actual.getFirst()).isEqualTo(expected.getFirst());
    assertThat(actual.get(1)).isEqualTo(expected.get(1));
    for (int i = 2; i <= LEARNED + 1; i++) {
      float[] sums = expected.get(i);
      for (int j = 0; j < sums.length; j++) {
        assertThat(actual.get(i)[j]).as("gradient %d of input %d", j, i - 1)
            .isCloseTo(sums[j], within(1e-6f * (Math.abs(sums[j]) + 1)));
      }
    }
  }

  /** Returns the output and the gradients of all inputs, and resets the tape. */
  private static List<float[]> run(Tape tape, List<Tensor> inputs, Tensor y, Tensor upstream) {
    tape.backward(tape.sum(tape.multiply(y, upstream)));
    List<float[]> results = new ArrayList<>(List.of(y.data().clone()));
    inputs.forEach(input -> results.add(input.grad().clone()));
    tape.reset();
    return results;
  }

  /** Multiples of 1/32 in -1..1, so that every y is exact. */
  private static Tensor words(Random random, int... shape) {
    int size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (random.nextInt(65) - 32) / 32f;
    }
    return Tensor.parameter(numbers, shape);
  }
}
