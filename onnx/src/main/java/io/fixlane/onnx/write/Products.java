package io.fixlane.onnx.write;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.onnx.OnnxException;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sums of products, in the narrowest type in which every sum of some of them is exact in any order:
 * floats below 2<sup>24</sup>, doubles below 2<sup>53</sup>, else integers of 64 bits.
 */
final class Products {
  private static final BigInteger FLOAT = Arithmetic.power(24);
  private static final BigInteger DOUBLE = Arithmetic.power(53);

  private final Arithmetic math;
  private final Casts casts;
  private final Elementwise elementwise;

  Products(Arithmetic math, Casts casts, Elementwise elementwise) {
    this.math = math;
    this.casts = casts;
    this.elementwise = elementwise;
  }

  /** Returns the product of rows with weights, k x n, and what follows. */
  Words dense(Words x, FixedTensor weights, OutputStage stage) throws OnnxException {
    return staged(x, matrix(weights), new Source.Rows(math.graph()), stage);
  }

  /** Returns the sums of the products of rows with weights, k x n. */
  Words denseSums(Words x, Matrix matrix) throws OnnxException {
    return sums(x, matrix, new Source.Rows(math.graph()));
  }

  static Matrix matrix(FixedTensor weights) {
    return new Matrix(weights.format().fractionBits(), 1, weights.dimension(0),
        weights.dimension(1), Elementwise.numbers(weights));
  }

  /** Returns the convolution with weights, outputs x channels x taps, and what follows. */
  Words conv(Words x, ImageShape image, FixedTensor weights, Window window, OutputStage stage)
      throws OnnxException {
    return staged(x, matrix(weights, image), new Source.Places(math, image, window), stage);
  }

  /** Returns the sums of a convolution. */
  Words convSums(Words x, ImageShape image, Matrix matrix, Window window) throws OnnxException {
    return sums(x, matrix, new Source.Places(math, image, window));
  }

  /** From outputs x channels of a group x taps to groups x (channels x taps) x outputs. */
  static Matrix matrix(FixedTensor weights, ImageShape image) {
    int outputs = weights.dimension(0);
    int groups = image.channels() / weights.dimension(1);
    int depth = Math.toIntExact(weights.size() / outputs);
    int columns = outputs / groups;
    BigInteger[] numbers = Elementwise.numbers(weights);
    BigInteger[] arranged = new BigInteger[numbers.length];
    for (int o = 0; o < outputs; o++) {
      for (int k = 0; k < depth; k++) {
        arranged[(o / columns * depth + k) * columns + o % columns] = numbers[o * depth + k];
      }
    }
    return new Matrix(weights.format().fractionBits(), groups, depth, columns, arranged);
  }

  private Words sums(Words x, Matrix matrix, Source source) throws OnnxException {
    BigInteger low = BigInteger.ZERO;
    BigInteger high = BigInteger.ZERO;
    for (int group = 0; group < matrix.groups(); group++) {
      for (int column = 0; column < matrix.columns(); column++) {
        BigInteger[] bounds = matrix.bounds(group, column, x);
        low = low.min(bounds[0]);
        high = high.max(bounds[1]);
      }
    }
    Arithmetic.exact(matrix.magnitude(x));
    return math.words(source.sums(x, matrix, type(x, matrix)),
        Math.addExact(x.fractionBits(), matrix.fractionBits()), low, high);
  }

  private Words staged(Words x, Matrix matrix, Source source, OutputStage stage)
      throws OnnxException {
    FixedFormat accumulator = stage.accumulator();
    Words sum = accumulator == null
        ? exact(x, matrix, source, stage.bias())
        : accumulated(x, matrix, source, accumulator, stage.bias());
    Words z = casts.cast(
        stage.relu() ? math.relu(sum) : sum, accumulator, stage.outputs().getFirst());
    for (OutputStage.Step step : stage.steps()) {
      z = switch (step) {
        case OutputStage.ScaleAndShift s -> elementwise.scaleAndShift(
            z, s.scale(), s.shift(), s.result());
        case OutputStage.ResidualAdd _ -> throw new IllegalStateException(
            "the layers of networks have no residual");
      };
    }
    return z;
  }

  private Words exact(Words x, Matrix matrix, Source source, @Nullable FixedTensor bias)
      throws OnnxException {
    Words sums = sums(x, matrix, source);
    return bias == null ? sums : math.sum(sums, elementwise.constant(bias));
  }

  /** Returns sums that are cast at every step: exact ones where that makes no difference. */
  private Words accumulated(Words x, Matrix matrix, Source source, FixedFormat accumulator,
      @Nullable FixedTensor bias) throws OnnxException {
    FixedTensor start = start(matrix, accumulator, bias);
    int fractionBits = Math.addExact(x.fractionBits(), matrix.fractionBits());
    if (accumulator.fractionBits() >= fractionBits) {
      boolean keepsAll = keepsAll(x, matrix, accumulator, start);
      if (keepsAll || accumulator.isModular()) {
        Words sum = math.sum(sums(x, matrix, source), elementwise.constant(start));
        return keepsAll && sum.fractionBits() == accumulator.fractionBits()
            ? sum
            : casts.cast(sum, null, accumulator);
      }
    }
    Words sums = new Steps(math.graph(), accumulator)
        .sums(x, matrix, source.factors(x, matrix), start);
    return sums.renamed(source.arranged(sums.tensor(), matrix));
  }

  /** Returns what sums start from: the bias as words of the accumulator, or zeros. */
  private static FixedTensor start(
      Matrix matrix, FixedFormat accumulator, @Nullable FixedTensor bias) {
    FixedTensor start =
        FixedTensor.allocate(accumulator, matrix.groups() * matrix.columns());
    for (int i = 0; bias != null && i < start.size(); i++) {
      start.setRaw(i, bias.value(i).cast(accumulator).raw().longValue());
    }
    return start;
  }

  /** Returns whether no step of any sum leaves the range of the accumulator. */
  private static boolean keepsAll(
      Words x, Matrix matrix, FixedFormat accumulator, FixedTensor start) {
    int shift = accumulator.fractionBits() - x.fractionBits() - matrix.fractionBits();
    for (int group = 0; group < matrix.groups(); group++) {
      for (int column = 0; column < matrix.columns(); column++) {
        BigInteger first = start.value((long) group * matrix.columns() + column).raw();
        BigInteger[] bounds = matrix.bounds(group, column, x);
        if (!accumulator.keeps(first.add(bounds[0].shiftLeft(shift)))
            || !accumulator.keeps(first.add(bounds[1].shiftLeft(shift)))) {
          return false;
        }
      }
    }
    return true;
  }

  private static DataType type(Words x, Matrix matrix) {
    BigInteger most = matrix.magnitude(x);
    if (most.compareTo(FLOAT) < 0) {
      return DataType.FLOAT;
    }
    return most.compareTo(DOUBLE) < 0 ? DataType.DOUBLE : DataType.INT64;
  }
}
