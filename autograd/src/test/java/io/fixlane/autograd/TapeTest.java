package io.fixlane.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the tape demands of operations and callers, and what it remembers. */
class TapeTest {
  private final Tape tape = Tape.training(Workers.SINGLE);
  private final Tensor x = Tensor.parameter(new float[] {1, 2, 3}, 3);

  /** An operation whose backward is as a test says. */
  private record Doubled(float[]... gradients) implements Op {
    @Override
    public int[] shape(Tensor... inputs) {
      return inputs[0].shape();
    }

    @Override
    public float[] forward(Tape tape, Tensor... inputs) {
      return new float[] {2, 4, 6};
    }

    @Override
    public float[][] backward(Tape tape, Tensor[] inputs, Tensor output) {
      return gradients;
    }
  }

  private void backwardOf(Op op) {
    tape.backward(tape.sum(tape.apply(op, x)));
  }

  @Test
  void aMissingGradientIsAnError() {
    assertThatThrownBy(() -> backwardOf(new Doubled()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Doubled has no gradient for its input 0, [3]");
  }

  @Test
  void aNullGradientIsAnError() {
    assertThatThrownBy(() -> backwardOf(new Doubled((float[]) null)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Doubled has no gradient for its input 0, [3]");
  }

  @Test
  void aGradientOfAnotherSizeIsAnError() {
    assertThatThrownBy(() -> backwardOf(new Doubled(new float[] {1})))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Doubled has no gradient for its input 0, [3]");
  }

  @Test
  void aResultOfAnotherSizeIsAnError() {
    Tensor two = Tensor.of(new float[2], 2);
    assertThatThrownBy(() -> tape.apply(new Doubled(), two))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Doubled computed 3 numbers for the shape [2]");
  }

  @Test
  void backwardStartsAtOneNumberThatDependsOnAParameter() {
    assertThatThrownBy(() -> tape.backward(tape.negate(x)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("loss is [3]: it must be one number that this tape computed from a parameter");
    Tensor constant = Tensor.of(new float[] {1});
    assertThatThrownBy(() -> tape.backward(tape.negate(constant)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("loss is []");
  }

  @Test
  void backwardGoesOnceUntilTheReset() {
    Tensor loss = tape.sum(x);
    tape.backward(loss);
    assertThatThrownBy(() -> tape.backward(loss))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the tape has gone backward already: reset it");
    tape.reset();
    assertThat(x.grad()).isNull();
    tape.backward(tape.mean(x));
    assertThat(x.grad()).containsOnly(1f / 3);
  }

  @Test
  void whatTheTapeComputedHasNoGradientInTheEnd() {
    Tensor y = tape.negate(x);
    tape.backward(tape.sum(y));
    assertThat(y.requiresGrad()).isTrue();
    assertThat(y.grad()).isNull();
    assertThat(x.grad()).containsExactly(-1, -1, -1);
  }

  @Test
  void memoryOfAGradientIsUsedAgainOnlyWhenNoTensorHasIt() {
    // Both inputs of a sum have its gradient as theirs, one array.
    Tensor a = tape.negate(x);
    Tensor b = tape.multiply(a, x);
    Tensor c = tape.add(tape.add(a, b), tape.negate(b));
    tape.backward(tape.sum(tape.multiply(tape.add(c, a), Tensor.of(new float[] {1, 10, 100}, 3))));
    // c = a = -x, so that the loss is the sum of -2 x times the weights.
    assertThat(x.grad()).containsExactly(-2, -20, -200);
  }

  @Test
  void aLongChainGoesBackwardInTheMemoryOfTwoGradients() {
    Set<float[]> memory = Collections.newSetFromMap(new IdentityHashMap<>());
    Tensor y = x;
    for (int i = 0; i < 10; i++) {
      y = tape.negate(tape.apply(new Op() {
        @Override
        public int[] shape(Tensor... inputs) {
          return inputs[0].shape();
        }

        @Override
        public float[] forward(Tape tape, Tensor... inputs) {
          return inputs[0].data();
        }

        @Override
        public float[][] backward(Tape tape, Tensor[] inputs, Tensor output) {
          memory.add(output.grad());
          return new float[][] {output.grad()};
        }
      }, y));
    }
    tape.backward(tape.sum(y));
    assertThat(memory).hasSize(2);
    assertThat(x.grad()).containsExactly(1, 1, 1);
  }

  @Test
  void anEvaluatingTapeRecordsNothing() {
    Tape evaluating = Tape.evaluating(Workers.SINGLE);
    Tensor sum = evaluating.sum(x);
    assertThat(sum.item()).isEqualTo(6);
    assertThat(sum.requiresGrad()).isFalse();
    assertThatThrownBy(() -> evaluating.backward(sum))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("an evaluating tape");
  }

  @Test
  void constantsGetNoGradient() {
    Tensor constant = Tensor.of(new float[] {1, 1, 1}, 3);
    tape.backward(tape.sum(tape.add(constant, x)));
    assertThat(constant.grad()).isNull();
    assertThat(x.grad()).containsExactly(1, 1, 1);
  }

  @Test
  void theFirstNumberThatIsNotFiniteIsFoundWithItsLayer() {
    Tensor zero = Tensor.of(new float[] {0});
    Tensor y = tape.within("block", () -> tape.within("scale", () -> tape.negate(x)));
    assertThat(tape.firstNonFinite()).isEmpty();
    Tensor infinite = tape.within("block", () -> tape.within("ratio", () -> tape.divide(y, zero)));
    tape.add(infinite, x);
    assertThat(tape.firstNonFinite()).contains("the output [3] of Divide in layer block.ratio");
  }

  @Test
  void aParameterThatIsNotFiniteIsFoundWhereItIsUsed() {
    x.data()[1] = Float.NaN;
    tape.within("dense", () -> tape.negate(x));
    assertThat(tape.firstNonFinite()).contains("input 0 [3] of Negate in layer dense");
  }

  @Test
  void memoryIsUsedAgainAfterTheReset() {
    float[] first = tape.negate(x).data();
    assertThat(tape.negate(x).data()).isNotSameAs(first);
    tape.reset();
    assertThat(tape.negate(x).data()).isSameAs(first);
  }
}
