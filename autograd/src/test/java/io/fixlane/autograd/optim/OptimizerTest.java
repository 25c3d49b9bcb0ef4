package io.fixlane.autograd.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Steps against the formulas, by hand. */
class OptimizerTest {
  private final Tensor w = Tensor.parameter(new float[] {1});
  private final Tape tape = Tape.training(Workers.SINGLE);

  @Nested
  class Examples extends OptimizerExample {}

  /** Takes a step at a gradient. */
  private void step(Optimizer optimizer, float gradient, double factor) {
    tape.backward(tape.multiply(w, Tensor.of(new float[] {gradient})));
    optimizer.step(factor);
    tape.reset();
  }

  @Test
  void sgdWithMomentum() {
    Optimizer sgd = new Sgd(0.5f, ParameterGroup.of(Map.of("w", w), 0.25f));
    step(sgd, 2, 1);
    // v = 2
    assertThat(w.item()).isEqualTo(0.5f);
    step(sgd, -3, 1);
    // v = 1 - 3
    assertThat(w.item()).isEqualTo(1);
    step(sgd, 1, 0.5);
    // v = -1 + 1
    assertThat(w.item()).isEqualTo(1);
    step(sgd, 1, 0.5);
    // v = 1, and half the rate
    assertThat(w.item()).isEqualTo(0.875f);
  }

  @Test
  void adam() {
    Optimizer adam = new Adam(0.5f, 0.75f, 1e-8f, ParameterGroup.of(Map.of("w", w), 0.1f));
    step(adam, 2, 1);
    // m = 1 of 0.5, v = 1 of 0.25: 2 / sqrt(4)
    assertThat(w.item()).isCloseTo(0.9f, within(1e-6f));
    step(adam, -2, 1);
    // m = 0.5 - 1 of 0.75, v = 0.75 + 1 of 0.4375: (-2 / 3) / 2
    assertThat(w.item()).isCloseTo(0.9f + 0.1f / 3, within(1e-6f));
  }

  @Test
  void adamDecaysApartFromTheGradient() {
    Optimizer adam =
        new Adam(ParameterGroup.of(Map.of("w", w), 0.1f).withWeightDecay(0.5f));
    step(adam, 7, 1);
    assertThat(w.item()).isCloseTo(1 - 0.1f - 0.05f, within(1e-6f));
  }

  @Test
  void whatItRemembersIsAllThatItNeedsToGoOn() {
    Tensor other = Tensor.parameter(new float[] {1});
    Optimizer first = new Adam(ParameterGroup.of(Map.of("w", w), 0.1f));
    step(first, 2, 1);
    step(first, 3, 1);
    Optimizer second = new Adam(ParameterGroup.of(Map.of("w", other), 0.1f));
    other.data()[0] = w.item();
    first.state().forEach((name, numbers) -> second.state().get(name)[0] = numbers[0]);
    second.resumeAfter(first.steps());
    step(first, -5, 1);
    tape.backward(tape.multiply(other, Tensor.of(new float[] {-5})));
    second.step(1);
    assertThat(other.item()).isEqualTo(w.item());
  }

  @Test
  void aParameterWithoutAGradientStays() {
    new Sgd(0, ParameterGroup.of(Map.of("w", w), 0.1f).withWeightDecay(1)).step(1);
    assertThat(w.item()).isEqualTo(1);
  }

  @Test
  void notANumberStaysOne() {
    w.data()[0] = Float.NaN;
    step(new Sgd(0, ParameterGroup.of(Map.of("w", w), 0.1f).withRange(0, 1)), 1, 1);
    assertThat(w.item()).isNaN();
  }

  @Test
  void badArguments() {
    ParameterGroup group = ParameterGroup.of(Map.of("w", w), 0.1f);
    assertThatThrownBy(() -> new Sgd(1, group)).hasMessage("momentum is 1.0: it must be in [0, 1)");
    assertThatThrownBy(() -> new Sgd(0, group, group)).hasMessage("two parameters have the name w");
    assertThatThrownBy(() -> new Adam(1, 0, 1, group)).hasMessageStartingWith("beta1, beta2 and");
    assertThatThrownBy(() -> group.withRange(1, 1))
        .hasMessage("min is 1.0: it must be below max, 1.0");
    assertThatThrownBy(() -> group.withWeightDecay(-1))
        .hasMessage("weightDecay is -1.0: it must be 0 or positive");
    assertThatThrownBy(() -> ParameterGroup.of(Map.of("w", w), Float.NaN))
        .hasMessage("learningRate is NaN: it must be 0 or positive");
    assertThatThrownBy(() -> ParameterGroup.of(Map.of("c", Tensor.of(new float[1], 1)), 1))
        .hasMessage("c is a constant: it must be a parameter");
    assertThatThrownBy(() -> new Sgd(0, group).resumeAfter(-1)).hasMessageContaining("-1");
  }

  @Test
  void schedules() {
    assertThat(new Schedule.Constant().factor(3, 9)).isEqualTo(1);
    Schedule cosine = new Schedule.Cosine(2);
    assertThat(List.of(0.0, 1.0, 2.0, 6.0, 10.0).stream().map(e -> cosine.factor(e, 10)))
        .zipSatisfy(
            List.of(0.0, 0.5, 1.0, 0.5, 0.0),
            (actual, expected) -> assertThat(actual).isCloseTo(expected, within(1e-12)));
    Schedule steps = new Schedule.Step(3, 0.5);
    assertThat(List.of(0.0, 2.99, 3.0, 6.5).stream().map(e -> steps.factor(e, 10)))
        .containsExactly(1.0, 1.0, 0.5, 0.25);
    assertThatThrownBy(() -> new Schedule.Cosine(-1)).hasMessageContaining("warmup is -1.0");
    assertThatThrownBy(() -> new Schedule.Step(0, 1)).hasMessageContaining("every is 0");
    assertThatThrownBy(() -> new Schedule.Step(1, 0)).hasMessageContaining("by is 0.0");
  }
}
