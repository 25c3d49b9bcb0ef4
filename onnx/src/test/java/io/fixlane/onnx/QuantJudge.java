package io.fixlane.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.fixlane.format.FixedFormat;
import io.fixlane.network.Network;
import io.fixlane.network.layer.TensorType;
import io.fixlane.tensor.FixedTensor;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Holds the words of networks that models are read as against what the models compute. */
final class QuantJudge {
  private QuantJudge() {}

  /** Returns what a model is read as, whose words are those that it computes. */
  static QuantizedNetwork same(
      ModelProto model, @Nullable FixedFormat inputFormat, int samples, String output)
      throws Exception {
    QuantizedNetwork read = Onnx.readNetwork(model.toByteArray(), inputFormat);
    Network network = read.network();
    FixedTensor words = words(network, samples);
    double[] actual = values(network.run(words));
    double unit = unit(read, "A word of the result");
    double[] expected = run(model, words, output, unit(read, "A word of a sample")).data();
    if (unit != 1) {
      // Products of such scales are no doubles, and words far from the next that round.
      expected = Arrays.stream(expected).map(v -> Math.rint(v / unit)).toArray();
    }
    int at = Arrays.mismatch(actual, expected);
    assertThat(at).as("%s must be %s in %s", at < 0 ? 0 : actual[at], at < 0 ? 0 : expected[at],
        network).isEqualTo(-1);
    assertThat(Arrays.stream(actual).distinct().count()).isGreaterThan(1);
    return read;
  }

  /** Returns what a note says that words are multiples of. */
  private static double unit(QuantizedNetwork read, String words) {
    return read.notes().stream().filter(note -> note.startsWith(words + ", w, stands for"))
        .mapToDouble(note -> Float.parseFloat(note.replaceAll(".*for (\\S+) x w.*", "$1")))
        .findFirst().orElse(1);
  }

  /** Returns what a model computes of words, with channels last. */
  static Numbers run(ModelProto model, FixedTensor words) {
    return run(model, words, model.getGraph().getOutput(0).getName(), 1);
  }

  private static Numbers run(ModelProto model, FixedTensor words, String output, double unit) {
    Numbers input = new Numbers(values(words), words.shape()).map(v -> v * unit);
    boolean last = model.getGraph().getNodeList().stream()
        .anyMatch(node -> node.getDomain().endsWith("channels_last"));
    Numbers result = QuantInterpreter.run(model,
        last || words.rank() == 2 ? input : input.transposed(0, 3, 1, 2)).get(output);
    // Doubles have two zeros.
    return (last || result.shape().length == 2 ? result : result.transposed(0, 2, 3, 1))
        .map(v -> v + 0.0);
  }

  /** Returns what words stand for. */
  static double[] values(FixedTensor words) {
    boolean sign = isSign(words.format());
    return Arrays.stream(words.dequantize(new double[(int) words.size()]))
        .map(v -> !sign ? v : v < 0 ? -1 : 1).toArray();
  }

  private static boolean isSign(FixedFormat format) {
    return format.signed() && format.width() == 1;
  }

  /** Returns random samples, many of their words at the ends of the range. */
  static FixedTensor words(Network network, int samples) {
    TensorType type = network.inputType();
    int[] shape = new int[type.shape().size() + 1];
    shape[0] = samples;
    System.arraycopy(type.dimensions(), 0, shape, 1, shape.length - 1);
    FixedTensor words = FixedTensor.allocate(type.format(), shape);
    Random random = new Random(1);
    long low = type.format().minKeptRaw().longValueExact();
    long high = type.format().maxKeptRaw().longValueExact();
    for (long i = 0; i < words.size(); i++) {
      words.setRaw(i, random.nextLong(low, high + 1));
    }
    return words;
  }
}
