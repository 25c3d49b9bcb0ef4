package io.fixlane.autograd.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fixlane.autograd.NonFiniteException;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.optim.Sgd;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.reference.Fixed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;
import org.apache.commons.math3.analysis.differentiation.FiniteDifferencesDifferentiator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What casts compute, where they pass gradients, and how I is chosen and learned. */
class FixedCastTest {
  private static final float LN2 = (float) Math.log(2);

  private final Tape tape = Tape.training(Workers.SINGLE);

  @Nested
  class Examples extends FixedCastExample {}

  /** Every mode, signed and unsigned, of several widths and places of the binary point. */
  static Stream<FixedFormat> formats() {
    List<FixedFormat> formats = new ArrayList<>();
    for (QuantizationMode q : QuantizationMode.values()) {
      for (OverflowMode o : OverflowMode.values()) {
        for (int[] sizes : new int[][] {{1, 1}, {4, 2}, {13, 17}, {24, -3}}) {
          formats.add(FixedFormat.signed(sizes[0], sizes[1], q, o));
          if (o.servesUnsigned()) {
            formats.add(FixedFormat.unsigned(sizes[0], sizes[1], q, o));
          }
        }
      }
      formats.add(FixedFormat.parse("ap_fixed<6,3," + q + ",AP_WRAP,2>"));
      formats.add(FixedFormat.parse("ap_fixed<6,3," + q + ",AP_WRAP_SM,1>"));
    }
    return formats.stream();
  }

  /** The reference casts each number, and says whether a wider format would have held it. */
  @ParameterizedTest
  @MethodSource("formats")
  void castsLikeTheReferenceAndPassesGradientsWhereNothingOverflowed(FixedFormat format) {
    Tensor x = Tensor.parameter(numbers(format), numbers(format).length);
    Tensor q = new FixedCast(TrainableFormat.pinned(format)).forward(tape, x);
    tape.backward(tape.sum(q));
    assertThat(q.format()).isEqualTo(format);
    FixedFormat wide = FixedFormat.signed(
        format.width() + 4, format.integerBits() + 4, format.quantization(), OverflowMode.AP_SAT);
    for (int i = 0; i < x.size(); i++) {
      float number = x.data()[i];
      float expected = Fixed.from(format, number).toFloat();
      assertThat(Float.floatToIntBits(q.data()[i])).as("cast of %s", number)
          .isEqualTo(Float.floatToIntBits(expected));
      boolean changed = Fixed.from(wide, number).toFloat() != expected;
      boolean passes = !changed || format.overflow().wraps();
      assertThat(x.grad()[i]).as("gradient at %s", number).isEqualTo(passes ? 1 : 0);
    }
  }

  /** Numbers in and out of the range, and on both sides of its bounds. */
  private static float[] numbers(FixedFormat format) {
    Random random = new Random(format.hashCode());
    double range = Math.scalb(1.0, format.integerBits());
    List<Float> numbers = new ArrayList<>(List.of(0f, -0f));
    for (int i = 0; i < 30; i++) {
      numbers.add((float) ((random.nextDouble() * 4 - 2) * range));
    }
    for (int half = -3; half <= 3; half++) {
      for (double end : new double[] {-range, -range / 2, 0, range / 2, range}) {
        float near = (float) (end + half * Math.scalb(0.5, -format.fractionBits()));
        numbers.addAll(List.of(Math.nextDown(near), near, Math.nextUp(near)));
      }
    }
    float[] array = new float[numbers.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = numbers.get(i);
    }
    return array;
  }

  /** A binary point that is chosen by hand takes the place of a calibrated one. */
  @Test
  void aBinaryPointIsChosenByHand() {
    FixedCast cast = new FixedCast(TrainableFormat
        .calibrated(FixedFormat.parse("ap_fixed<4,2,AP_RND,AP_SAT>"), new StartRule.Maximum()));
    cast.choose(3);
    assertThat(cast.forward(tape, Tensor.of(new float[] {100, 0.6f}, 2)).data())
        .containsExactly(3.5f, 0.5f);
    assertThat(cast.format().integerBits()).isEqualTo(3);
    assertThatThrownBy(() -> cast.choose(101)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("newIntegerBits is 101: it must be in -24..100");
  }

  @Test
  void plainGradientsPassEverywhere() {
    FixedFormat format = FixedFormat.parse("ap_fixed<4,2,AP_RND,AP_SAT>");
    Tensor x = Tensor.parameter(new float[] {0.3f, 9, -9}, 3);
    FixedCast cast =
        new FixedCast(TrainableFormat.pinned(format).withGradient(GradientMode.PLAIN));
    tape.backward(tape.sum(cast.forward(tape, x)));
    assertThat(x.grad()).containsExactly(1, 1, 1);
  }

  /** -1 is the only word of one bit below 0: the header keeps it. */
  @Test
  void symmetricSaturationOfOneBitPassesTheGradientOfMinusOne() {
    FixedFormat bit = FixedFormat.parse("ap_fixed<1,1,AP_TRN,AP_SAT_SYM>");
    Tensor x = Tensor.parameter(new float[] {-1, -0.5f, 0, 0.5f, -1.5f, 1}, 6);
    Tensor y = new FixedCast(TrainableFormat.pinned(bit)).forward(tape, x);
    tape.backward(tape.sum(y));
    assertThat(y.data()).containsExactly(-1, -1, 0, 0, -1, 0);
    assertThat(x.grad()).containsExactly(1, 1, 1, 1, 0, 0);
  }

  /** ap_fixed<4,2>: steps of 0.25 in -2..1.75. */
  @ParameterizedTest
  @CsvSource({
    "AP_RND, AP_SAT, 0.3, -0.05", // 0.25 - 0.3
    "AP_TRN, AP_SAT, 0.45, -0.2", // 0.25 - 0.45
    "AP_RND, AP_SAT, 5, 1.75", // saturates: q
    "AP_RND, AP_SAT, -5, -2",
    "AP_RND, AP_SAT_SYM, -2, -1.75", // -2 is the word that this mode avoids
    "AP_RND, AP_SAT_ZERO, 5, 0",
    "AP_RND, AP_WRAP, 2.05, -4.05", // wraps to -2: q - x
  })
  void theGradientOfIntegerBitsIsLn2Times(
      QuantizationMode quantization, OverflowMode overflow, float number, float factor) {
    FixedFormat format = FixedFormat.signed(4, 2, quantization, overflow);
    FixedCast cast = new FixedCast(TrainableFormat.learned(format, new StartRule.Given()));
    Tensor x = Tensor.of(new float[] {number, 0}, 2);
    Tensor upstream = Tensor.of(new float[] {3, 1}, 2);
    tape.backward(tape.sum(tape.multiply(cast.forward(tape, x), upstream)));
    assertThat(gradient(cast)).isCloseTo(3 * LN2 * factor, within(1e-5f));
  }

  private static float gradient(FixedCast cast) {
    return cast.parameters().get("integerBits").grad()[0];
  }

  /**
   * The smoothed form: the residual of rounding, in steps, stays what it is while I moves. Then a
   * number in the range is x + r 2^I, and one beyond an end e of the range with I = 0 is e 2^I.
   */
  @ParameterizedTest
  @CsvSource({"0.31", "-1.4", "7", "-7"})
  void theGradientOfIntegerBitsIsThatOfTheSmoothedCast(float number) {
    FixedFormat format = FixedFormat.parse("ap_fixed<5,2,AP_RND_CONV,AP_SAT>");
    FixedCast cast = new FixedCast(TrainableFormat.learned(format, new StartRule.Given()));
    Tensor x = Tensor.parameter(new float[] {number}, 1);
    Tensor q = cast.forward(tape, x);
    tape.backward(tape.sum(q));
    double inside = x.grad()[0];
    double residual = (q.data()[0] - inside * number) / 4;
    UnivariateFunction smooth = i -> inside * number + residual * Math.pow(2, i);
    double slope = new FiniteDifferencesDifferentiator(5, 1e-3).differentiate(smooth).value(
        new DerivativeStructure(1, 1, 0, 2.0)).getPartialDerivative(1);
    assertThat((double) gradient(cast)).isCloseTo(slope, within(1e-6));
  }

  @Test
  void learningTheBinaryPointBringsTheErrorDown() {
    FixedFormat format = FixedFormat.parse("ap_fixed<4,6,AP_RND_CONV,AP_SAT>");
    FixedCast cast =
        new FixedCast(TrainableFormat.learned(format, new StartRule.Given()).withRange(-4, 6));
    Random random = new Random(1);
    float[] numbers = new float[500];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    Tensor x = Tensor.of(numbers, numbers.length);
    Sgd optimizer = new Sgd(0, ParameterGroup.of(cast.parameters(), 1f).withRange(-4, 6));
    double first = 0;
    double last = 0;
    for (int step = 0; step < 60; step++) {
      Tensor error = tape.subtract(cast.forward(tape, x), x);
      Tensor loss = tape.mean(tape.multiply(error, error));
      last = loss.item();
      first = step == 0 ? last : first;
      tape.backward(loss);
      optimizer.step(1);
      tape.reset();
    }
    // Of all I, the squared error of 4 bits of a normal distribution is least for I = 2 or 3.
    assertThat(cast.format().integerBits()).isBetween(2, 3);
    assertThat(first).isGreaterThan(0.5);
    assertThat(last).isLessThan(0.05);
  }

  @Test
  void iStartsFromTheRangeOfTheData() {
    FixedFormat format = FixedFormat.parse("ap_fixed<8,0,AP_RND,AP_SAT>");
    float[] data = new float[1000];
    for (int i = 0; i < data.length; i++) {
      data[i] = (i - 500) / 1000f;
    }
    data[0] = -16;
    assertThat(started(format, new StartRule.Maximum(), data)).isEqualTo(5);
    assertThat(started(format, new StartRule.Percentile(99), data)).isEqualTo(0);
    data[0] = 16;
    assertThat(started(format, new StartRule.Maximum(), data)).isEqualTo(6);
    assertThat(started(format, new StartRule.Given(), data)).isEqualTo(0);
    assertThat(started(format, new StartRule.Maximum(), new float[3])).isEqualTo(0);
    // Clipping 0.9 to 0.875 costs less than doubling the step, which 0.125 and its like bear.
    FixedFormat narrow = FixedFormat.parse("ap_fixed<4,0,AP_RND,AP_SAT>");
    float[] skewed = {1.1f, 0.125f, 0.375f, -0.625f, 0.625f, 0.125f, -0.125f};
    assertThat(started(narrow, new StartRule.Maximum(), skewed)).isEqualTo(2);
    assertThat(started(narrow, new StartRule.LeastSquares(), skewed)).isEqualTo(1);
  }

  private static int started(FixedFormat format, StartRule rule, float[] data) {
    FixedCast cast = new FixedCast(TrainableFormat.calibrated(format, rule));
    cast.forward(Tape.evaluating(Workers.SINGLE), Tensor.of(data, data.length));
    assertThat(cast.isStarted()).isTrue();
    return cast.format().integerBits();
  }

  @Test
  void theStateOfLearnedAndCalibratedIntegerBitsIsPartOfTheLayer() {
    FixedFormat format = FixedFormat.parse("ap_fixed<8,0,AP_RND,AP_SAT>");
    FixedCast learned = new FixedCast(TrainableFormat.learned(format, new StartRule.Maximum()));
    assertThat(learned.parameters().keySet()).isEqualTo(Map.of("integerBits", 0).keySet());
    assertThat(learned.statistics()).containsOnlyKeys("started", "frozen");
    FixedCast pinned = new FixedCast(TrainableFormat.pinned(format));
    assertThat(pinned.parameters()).isEmpty();
    assertThat(pinned.statistics()).containsOnlyKeys("integerBits", "started", "frozen");
  }

  @Test
  void whatHasNoWordIsRefused() {
    FixedCast cast =
        new FixedCast(TrainableFormat.pinned(FixedFormat.parse("ap_fixed<8,2,AP_RND,AP_SAT>")));
    Tensor x = Tensor.of(new float[] {1, Float.NaN}, 2);
    assertThatThrownBy(() -> tape.within("conv", () -> cast.forward(tape, x)))
        .isInstanceOf(NonFiniteException.class).hasMessage(
            "layer conv: source number 1 is NaN: it has no meaning in"
                + " ap_fixed<8,2,AP_RND,AP_SAT>");
    assertThatThrownBy(() -> TrainableFormat.pinned(FixedFormat.signed(25, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the format is ap_fixed<25,2>: a float holds words of at most 24 bits");
    assertThatThrownBy(
        () -> TrainableFormat.pinned(FixedFormat.signed(8, 3)).withRange(4, 5))
        .hasMessage("format is ap_fixed<8,3>: its I must be in the range 4..5");
  }
}
