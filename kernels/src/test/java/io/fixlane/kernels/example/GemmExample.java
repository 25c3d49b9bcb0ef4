package io.fixlane.kernels.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.OutputStage;
import io.fixlane.reference.ReferenceStage;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceGemm;
import io.fixlane.tensor.FixedTensor;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The examples in the documentation of {@link Gemm} and {@link OutputStage}. */
class GemmExample {
  @Test
  void gemm() {
    // @start region="gemm"
    FixedFormat activation = FixedFormat.parse("ap_fixed<8,4>");
    FixedFormat weight = FixedFormat.parse("ap_fixed<8,2>");
    FixedFormat result = FixedFormat.parse("ap_fixed<8,4,AP_RND,AP_SAT>");

    // Three inputs, two outputs: the weights of output 0 are 0.5, 1 and -1, those of output 1 are
    // 1.5, 0 and 0.25.
    FixedTensor weights =
        FixedTensor.quantize(weight, new float[] {0.5f, 1.5f, 1, 0, -1, 0.25f}, 3, 2);
    Gemm gemm = Gemm.of(activation, weights, OutputStage.to(result));

    FixedTensor a =
        FixedTensor.quantize(activation, new float[] {1, 2, 0.5f, 7, 7, -7}, 2, 3);
    FixedTensor z = FixedTensor.allocate(result, 2, 2);
    gemm.run(a, z);

    // 0.5 + 2 - 0.5, and 1.5 + 0.125, of which 4 fraction bits hold all; 17.5 saturates.
    assertThat(z).hasToString("""
        ap_fixed<8,4,AP_RND,AP_SAT> [2, 2]
               2   1.625
          7.9375  7.9375""");
    assertThat(gemm.explain()).contains("sums         whole, cast once");
    // @end
  }

  @Test
  void stage() {
    // @start region="stage"
    FixedFormat activation = FixedFormat.unsigned(8, 2);
    FixedFormat weight = FixedFormat.signed(8, 1);
    FixedFormat accumulator = FixedFormat.parse("ap_fixed<16,6,AP_TRN,AP_SAT>");
    FixedFormat result = FixedFormat.parse("ap_fixed<8,3,AP_RND,AP_SAT>");

    FixedTensor bias = FixedTensor.quantize(result, new float[] {0.5f, -1}, 2);
    FixedTensor scale = FixedTensor.quantize(result, new float[] {2, 0.5f}, 2);
    FixedTensor shift = FixedTensor.quantize(result, new float[] {0, 1}, 2);
    OutputStage stage = OutputStage.to(result)
        .withBias(bias)
        .withAccumulator(accumulator)
        .withRelu()
        .withScaleAndShift(scale, shift, result);

    FixedTensor weights = FixedTensor.quantize(weight, new float[] {0.5f, 0.5f}, 1, 2);
    FixedTensor a = FixedTensor.quantize(activation, new float[] {1.5f}, 1, 1);
    FixedTensor z = FixedTensor.allocate(stage.result(), 1, 2);
    Gemm.of(activation, weights, stage).run(a, z);

    // (0.5 + 0.75) x 2 + 0, and max(-1 + 0.75, 0) x 0.5 + 1.
    assertThat(z).hasToString("""
        ap_fixed<8,3,AP_RND,AP_SAT> [1, 2]
          2.5    1""");
    // @end
  }

  @Test
  void network() {
    // @start region="network"
    FixedFormat pixel = FixedFormat.unsigned(8, 0);
    FixedFormat weight = FixedFormat.parse("ap_fixed<6,0,AP_RND_CONV,AP_SAT_SYM>");
    FixedFormat hidden = FixedFormat.parse("ap_ufixed<8,3,AP_RND,AP_SAT>");
    FixedFormat score = FixedFormat.parse("ap_fixed<16,8,AP_RND,AP_SAT>");

    // 784 pixels, layers of 64 and 32 neurons, and 10 scores. Words would come from a file.
    FixedTensor w1 = FixedTensor.of(weight, words(784 * 64), 784, 64);
    FixedTensor w2 = FixedTensor.of(weight, words(64 * 32), 64, 32);
    FixedTensor w3 = FixedTensor.of(weight, words(32 * 10), 32, 10);
    Gemm layer1 = Gemm.of(pixel, w1, OutputStage.to(hidden).withRelu());
    Gemm layer2 = Gemm.of(hidden, w2, OutputStage.to(hidden).withRelu());
    Gemm layer3 = Gemm.of(hidden, w3, OutputStage.to(score));

    int images = 100;
    FixedTensor x = FixedTensor.of(pixel, words(images * 784), images, 784);
    FixedTensor h1 = FixedTensor.allocate(hidden, images, 64);
    FixedTensor h2 = FixedTensor.allocate(hidden, images, 32);
    FixedTensor scores = FixedTensor.allocate(score, images, 10);
    layer1.run(x, h1, ForkJoinPool.commonPool(), 4); // in four parts
    layer2.run(h1, h2);
    layer3.run(h2, scores);
    // @end

    ReferenceGemm reference1 = new ReferenceGemm(1, 64, 784, stage(hidden, true));
    ReferenceGemm reference2 = new ReferenceGemm(1, 32, 64, stage(hidden, true));
    ReferenceGemm reference3 = new ReferenceGemm(1, 10, 32, stage(score, false));
    for (int i : new int[] {0, 57, 99}) {
      List<Fixed> z1 = reference1.run(values(x.row(i)), values(w1));
      List<Fixed> z2 = reference2.run(z1, values(w2));
      assertThat(values(scores.row(i))).isEqualTo(reference3.run(z2, values(w3)));
    }
  }

  /** Returns words of 6 bits, which serve as weights and as dark pixels. */
  private static byte[] words(int count) {
    Random random = new Random(count);
    byte[] words = new byte[count];
    for (int i = 0; i < count; i++) {
      words[i] = (byte) random.nextInt(-31, 32);
    }
    return words;
  }

  private static ReferenceStage stage(FixedFormat output, boolean relu) {
    return new ReferenceStage(FixedFormat.signed(64, 40), relu, output);
  }

  private static List<Fixed> values(FixedTensor tensor) {
    return LongStream.range(0, tensor.size()).mapToObj(tensor::value).toList();
  }
}
