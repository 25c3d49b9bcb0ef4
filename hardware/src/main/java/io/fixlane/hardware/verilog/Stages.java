package io.fixlane.hardware.verilog;

import io.fixlane.format.FixedFormat;
import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.circuit.Circuit;
import io.fixlane.hardware.circuit.Digits;
import io.fixlane.hardware.circuit.Scaled;
import io.fixlane.hardware.circuit.Sums;
import io.fixlane.hardware.circuit.Value;
import io.fixlane.kernels.OutputStage.ResidualAdd;
import io.fixlane.kernels.OutputStage.ScaleAndShift;
import io.fixlane.kernels.OutputStage.Step;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.layer.Weights;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** What follows the sums of a layer. */
final class Stages {
  private Stages() {}

  /** Makes the outputs of a layer of what its accumulators have. */
  static void finish(Build build, List<Scaled> sums, OutputStage stage) throws HardwareException {
    Circuit circuit = build.circuit();
    FixedFormat output = stage.outputs().getFirst();
    boolean copy = output.equals(stage.accumulator());
    List<Value> words = new ArrayList<>();
    for (Scaled sum : sums) {
      Value value = stage.relu() ? circuit.relu(sum.value()) : sum.value();
      words.add(copy ? value : circuit.cast(new Scaled(value, sum.fractionBits()), output));
    }
    for (Step step : stage.steps()) {
      words = switch (step) {
        case ScaleAndShift s -> scaleAndShift(
            build, words, output, Weights.of(s.scale()), s.shift(), s.result());
        case ResidualAdd _ -> throw new IllegalStateException("a network's stage adds a residual");
      };
      output = step.result();
    }
    for (Value word : words) {
      circuit.output(word, output.width());
    }
  }

  /**
   * Returns {@code (RESULT) (x * scale[c] + shift[c])} for each channel c.
   *
   * @param format the format of the words
   */
  static List<Value> scaleAndShift(Build build, List<Value> words, FixedFormat format,
      Weights scale, FixedTensor shift, FixedFormat result) throws HardwareException {
    FixedTensor scales = scale.words();
    int product = format.fractionBits() + scales.format().fractionBits();
    int base = Math.max(product, shift.format().fractionBits());
    Sums sums = build.elementSums();
    for (int c = 0; c < words.size(); c++) {
      BigInteger weight = scales.value(c).raw();
      var kHot = scale.kHot();
      sums.begin();
      sums.add(words.get(c), weight, kHot == null ? Digits.of(weight) : kHot.terms(scales, c),
          base - product);
      sums.add(shift.value(c).raw(), base - shift.format().fractionBits());
    }
    build.requireBuildable(sums);
    return sums.build(base).stream().map(sum -> build.circuit().cast(sum, result)).toList();
  }
}
