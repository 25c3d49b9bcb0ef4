package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.fixed.cast.CurveOp;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Elementwise;
import io.fixlane.tensor.FixedTensor;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * f(x), cast: an activation by a table of words, bit for bit as {@link Elementwise#lookUp}. Of the
 * gradient f gives its derivative, and the cast what every {@link FixedCast} does: it passes it as
 * if nothing were rounded, and nothing where f saturates.
 *
 * {@snippet class="io.fixlane.autograd.fixed.FixedLayersExample" region="lookUp"}
 */
public final class FixedLookUp extends TapeLayer {
  private record Planned(FixedFormat x, FixedFormat result, Elementwise plan) {}

  private final DoubleUnaryOperator f;
  private final DoubleUnaryOperator derivative;
  private final FixedCast outputCast;
  private @Nullable Planned planned;

  /**
   * Makes the layer.
   *
   * @param f the function: words that are the same on every machine take one that is, as those of
   *     {@link StrictMath} are
   * @param derivative its derivative
   * @param output the format of the output
   */
  public FixedLookUp(DoubleUnaryOperator f, DoubleUnaryOperator derivative,
      TrainableFormat output) {
    this.f = Objects.requireNonNull(f, "f");
    this.derivative = Objects.requireNonNull(derivative, "derivative");
    this.outputCast = layer("outputCast", new FixedCast(output));
  }

  /** Returns the cast of the output. */
  public FixedCast outputCast() {
    return outputCast;
  }

  /**
   * Returns the word of the output for every word of an input, from the smallest to the largest:
   * what {@link Elementwise#lookUp(FixedFormat, FixedTensor)} takes.
   *
   * @throws IllegalArgumentException as {@link Elementwise#lookUp(FixedFormat,
   *     DoubleUnaryOperator, FixedFormat)}
   */
  public FixedTensor table(FixedFormat x) {
    FixedFormat result = outputCast.format();
    Elementwise plan = plan(x, result);
    int size = 1 << x.width();
    FixedTensor words = FixedTensor.allocate(x, size);
    for (int i = 0; i < size; i++) {
      words.setRaw(i, x.minRaw().longValue() + i);
    }
    FixedTensor table = FixedTensor.allocate(result, size);
    plan.run(words, table);
    return table;
  }

  /** Returns the plan, kept until a format changes: a table takes a call of f for every word. */
  private Elementwise plan(FixedFormat x, FixedFormat result) {
    Planned known = planned;
    if (known == null || !known.x.equals(x) || !known.result.equals(result)) {
      known = new Planned(x, result, Elementwise.lookUp(x, f, result));
      planned = known;
    }
    return known.plan;
  }

  /**
   * Computes the output.
   *
   * @throws IllegalArgumentException if x carries no format or one of more than 16 bits, or f gives
   *     a word no number that has a meaning in the output's format
   */
  @Override
  public Tensor forward(Tape tape, Tensor x) {
    FixedFormat input = FixedWords.format("the input", x);
    Tensor y = tape.apply(new CurveOp(f, derivative), x);
    FixedTensor words = FixedWords.of(x);
    return tape.within("outputCast", () -> outputCast.forward(tape, y,
        format -> FixedWords.compute(tape, format, y.shape(),
            target -> plan(input, format).run(words, target))));
  }
}
