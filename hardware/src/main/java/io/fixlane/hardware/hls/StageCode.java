package io.fixlane.hardware.hls;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.kernels.OutputStage.ResidualAdd;
import io.fixlane.kernels.OutputStage.ScaleAndShift;
import io.fixlane.kernels.OutputStage.Step;
import io.fixlane.tensor.FixedTensor;

/**
 * What surrounds the sums of products: where they start, and what becomes of them.
 *
 * @param types the types of bias, output, scales and shifts
 * @param constants their words
 * @param finish the function of a config that makes a result of a sum
 */
record StageCode(String types, String constants, String finish) {
  static StageCode of(String name, OutputStage stage) {
    StringBuilder types = new StringBuilder();
    StringBuilder constants = new StringBuilder();
    FixedTensor bias = stage.bias();
    if (bias != null) {
      types.append(Cpp.typedef(biasFormat(stage, bias), name + "_bias_t"));
      constants.append(Cpp.table(name + "_bias", bias));
    }
    int count = stage.steps().size();
    String output = count == 0 ? name + "_t" : name + "_output_t";
    if (count > 0) {
      types.append(Cpp.typedef(stage.outputs().getFirst(), output));
    }
    StringBuilder body = new StringBuilder("    const ").append(output).append(" z0 = ")
        .append(stage.relu() ? "fixlane::relu<" + output + ">(sum);\n" : output + "(sum);\n");
    for (int i = 0; i < count; i++) {
      step(name, stage.steps().get(i), i + 1, i + 1 == count, types, constants, body);
    }
    return new StageCode(types.toString(), constants.toString(), """
          static %s_t finish(const sum_t &sum, int output) {
        #pragma HLS INLINE
        %s    return z%d;
          }
        """.formatted(name, body, count));
  }

  private static void step(String name, Step step, int number, boolean last,
      StringBuilder types, StringBuilder constants, StringBuilder body) {
    switch (step) {
      case ScaleAndShift s -> {
        String scale = name + "_scale" + number;
        String shift = name + "_shift" + number;
        String result = last ? name + "_t" : name + "_step" + number + "_t";
        types.append(Cpp.typedef(s.scale().format().withDefaultModes(), scale + "_t"))
            .append(Cpp.typedef(s.shift().format().withDefaultModes(), shift + "_t"));
        if (!last) {
          types.append(Cpp.typedef(s.result(), result));
        }
        constants.append(Cpp.table(scale, s.scale())).append(Cpp.table(shift, s.shift()));
        body.append(
            """
                    const %1$s z%2$d = fixlane::scale_and_shift<%1$s>(
                        z%3$d, fixlane::word<%4$s_t>(%4$s[output]), fixlane::word<%5$s_t>(%5$s[output]));
                """
                .formatted(result, number, number - 1, scale, shift));
      }
      case ResidualAdd _ -> throw new AssertionError("networks have no stage that adds a residual");
    }
  }

  /**
   * Returns the format of a bias. Its modes matter where it is the accumulator's own: then it is
   * copied, and not cast.
   */
  private static FixedFormat biasFormat(OutputStage stage, FixedTensor bias) {
    return bias.format().equals(stage.accumulator())
        ? bias.format()
        : bias.format().withDefaultModes();
  }
}
