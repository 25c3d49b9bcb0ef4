package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.fixture.Accumulators;
import io.fixlane.kernels.fixture.WordKind;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.reference.ReferenceStage;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceGemm;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A matrix product to be computed by a plan and by the reference.
 *
 * @param a m x k activations
 * @param w k x n weights
 * @param bias n words, or null
 * @param accumulator null for exact sums
 * @param relu whether negative sums become 0
 * @param outputs the format of all columns, or one for each
 */
record GemmProblem(FixedTensor a, FixedTensor w, @Nullable FixedTensor bias,
    @Nullable FixedFormat accumulator, boolean relu, List<FixedFormat> outputs) {
  // No sum of products and bias of at most 64 bits each overflows this, or is rounded by it.
  private static final int EXACT_WIDTH = 1000;

  /** Returns a random product of these formats. */
  static GemmProblem of(int m, int k, int n, FixedFormat activations, FixedFormat weights,
      WordKind activationKind, WordKind weightKind, Accumulators accumulators, Random random) {
    FixedFormat product = activations.times(weights);
    FixedTensor a = FixedTensor.allocate(activations, m, k);
    FixedTensor w = FixedTensor.allocate(weights, k, n);
    activationKind.fill(a, random);
    weightKind.fill(w, random);
    FixedTensor bias = null;
    if (random.nextBoolean()) {
      int width = 1 + random.nextInt(Math.min(product.width() + 2, 40));
      int fraction = product.fractionBits() + random.nextInt(-8, 7);
      bias = Words.tensor(new FixedFormat(random.nextBoolean(), width, width - fraction,
          QuantizationMode.AP_TRN, OverflowMode.AP_WRAP, 0), random, n);
    }
    FixedFormat accumulator = accumulators.of(product, k, random);
    return new GemmProblem(a, w, bias, accumulator, random.nextBoolean(),
        List.of(output(accumulator == null ? product : accumulator, random)));
  }

  /** Returns an output of any modes that loses some or no bits at both ends. */
  private static FixedFormat output(FixedFormat sum, Random random) {
    if (random.nextInt(8) == 0 && sum.width() <= 64) {
      return sum;
    }
    int width = 1 + random.nextInt(random.nextInt(4) == 0 ? 64 : 24);
    int fraction = sum.fractionBits() - random.nextInt(-3, Math.min(sum.width(), 60) + 2);
    OverflowMode overflow = OverflowMode.values()[random.nextInt(OverflowMode.values().length)];
    return new FixedFormat(random.nextBoolean() || !overflow.servesUnsigned(), width,
        width - fraction,
        QuantizationMode.values()[random.nextInt(QuantizationMode.values().length)], overflow,
        overflow.wraps() ? Math.min(random.nextInt(3), width) : 0);
  }

  GemmProblem withOutputs(List<FixedFormat> formats) {
    return new GemmProblem(a, w, bias, accumulator, relu, formats);
  }

  GemmProblem withAccumulator(@Nullable FixedFormat format) {
    return new GemmProblem(a, w, bias, format, relu, outputs);
  }

  int m() {
    return a.dimension(0);
  }

  int k() {
    return a.dimension(1);
  }

  int n() {
    return w.dimension(1);
  }

  /** Returns the stage of a plan. */
  OutputStage stage() {
    OutputStage stage =
        outputs.size() == 1 ? OutputStage.to(outputs.getFirst()) : OutputStage.toEach(outputs);
    stage = bias == null ? stage : stage.withBias(bias);
    stage = accumulator == null ? stage : stage.withAccumulator(accumulator);
    return relu ? stage.withRelu() : stage;
  }

  Gemm plan() {
    return Gemm.of(a.format(), w, stage());
  }

  /** Returns the reference's m x n results. */
  List<Fixed> reference() {
    FixedFormat sum = accumulator == null ? exact() : accumulator;
    List<Fixed> x = values(a);
    List<List<Fixed>> columns = new ArrayList<>();
    for (int n = 0; n < n(); n++) {
      List<Fixed> y = new ArrayList<>();
      for (int k = 0; k < k(); k++) {
        y.add(w.value((long) k * n() + n));
      }
      FixedFormat output = outputs.get(outputs.size() == 1 ? 0 : n);
      columns.add(new ReferenceGemm(m(), 1, k(),
          new ReferenceStage(sum, relu, output))
          .run(x, y, bias == null ? null : List.of(bias.value(n))));
    }
    List<Fixed> results = new ArrayList<>();
    for (int m = 0; m < m(); m++) {
      for (int n = 0; n < n(); n++) {
        results.add(columns.get(n).get(m));
      }
    }
    return results;
  }

  /** Returns an accumulator that neither rounds nor overflows. */
  FixedFormat exact() {
    int fraction = a.format().fractionBits() + w.format().fractionBits();
    fraction = bias == null ? fraction : Math.max(fraction, bias.format().fractionBits());
    return FixedFormat.signed(EXACT_WIDTH, EXACT_WIDTH - fraction);
  }

  static List<Fixed> values(FixedTensor tensor) {
    List<Fixed> values = new ArrayList<>();
    for (long i = 0; i < tensor.size(); i++) {
      values.add(tensor.value(i));
    }
    return values;
  }

  /** Returns the raw words of the reference's results. */
  List<BigInteger> referenceWords() {
    return reference().stream().map(Fixed::raw).toList();
  }

  @Override
  public String toString() {
    return m() + " x " + k() + " x " + n() + " of " + a.format() + " x " + w.format() + ", "
        + stage() + ", accumulator " + accumulator;
  }
}
