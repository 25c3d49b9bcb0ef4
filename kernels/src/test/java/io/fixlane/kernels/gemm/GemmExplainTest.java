package io.fixlane.kernels.gemm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.OutputStage;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link Gemm#explain} says, for the worst weights of a format, at vectors of 512 bits. */
@Tag("vector-units")
class GemmExplainTest {
  private static final OutputStage STAGE =
      OutputStage.to(FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>")).withRelu();

  /** Plans with all weights of even columns the smallest word, and of odd ones the largest. */
  private static Gemm plan(String a, String w, int k, OutputStage stage) {
    FixedFormat format = FixedFormat.parse(w);
    FixedTensor weights = FixedTensor.allocate(format, k, 2);
    for (int i = 0; i < 2 * k; i++) {
      weights.setRaw(i, (i % 2 == 0 ? format.minRaw() : format.maxRaw()).longValueExact());
    }
    return Gemm.of(FixedFormat.parse(a), weights, stage);
  }

  @Test
  void anExactSumInFloats() {
    assertThat(plan("ap_fixed<8,3>", "ap_fixed<8,1>", 576, STAGE).explain(512)).isEqualTo("""
        gemm ap_fixed<8,3> x ap_fixed<8,1>, k = 576, n = 2
          product      ap_fixed<16,4>, in units of 2^-12
          accumulator  exact
          sums         whole, cast once: no accumulator is given
          bound        -9363456..9437184, 25 bits
          unit         f32 FMA, exact up to 2^24
          tile         12 x 16 sums, vectors of 512 bits
          flush        none: one block is all of k
          weights      9216 bytes, 1 a word, in one panel
          output       relu, cast into ap_fixed<8,3,AP_RND_CONV,AP_SAT>
          why not
            table look-up       the sum of 5 products can be beyond 2^15 - 1
            int16 multiply-add  exact too, at 7.5 times the cost, flushed every step
            int32 multiply-add  exact too, at 1.3 times the cost
            f64 FMA             exact too, at 2.0 times the cost, flushed every 288 steps
            int64 multiply-add  exact too, at 2.6 times the cost, flushed every 288 steps""");
  }

  @Test
  void stepsThatRound() {
    OutputStage stage = STAGE.withAccumulator(FixedFormat.parse("ap_fixed<16,6,AP_RND,AP_SAT>"));
    assertThat(plan("ap_fixed<8,3>", "ap_fixed<8,1>", 128, stage).explain(512)).isEqualTo("""
        gemm ap_fixed<8,3> x ap_fixed<8,1>, k = 128, n = 2
          product      ap_fixed<16,4>, in units of 2^-12
          accumulator  ap_fixed<16,6,AP_RND,AP_SAT>
          sums         step by step: every step is cast into the accumulator
          bound        -2080768..2097152, 23 bits
          unit         int32 lanes, each step an exact sum and a cast
          tile         12 x 16 sums, vectors of 512 bits
          flush        none: one block is all of k
          weights      2048 bytes, 1 a word, in one panel
          output       relu, cast into ap_fixed<8,3,AP_RND_CONV,AP_SAT>
          why not
            whole sums  a step rounds: the accumulator has 2 fraction bits less than a \
        product, and can leave what it holds, -32768..32767, 16 bits""");
  }

  @Test
  void wordsBeyondTheLanes() {
    assertThat(plan("ap_fixed<60,3>", "ap_fixed<8,1>", 16, STAGE).explain(512)).isEqualTo("""
        gemm ap_fixed<60,3> x ap_fixed<8,1>, k = 16, n = 2
          product      ap_fixed<68,4>, in units of 2^-64
          accumulator  exact
          sums         step by step: each step in 128 bits
          bound        not computed for words of more than 53 bits
          output       relu, cast into ap_fixed<8,3,AP_RND_CONV,AP_SAT>
          why not
            vector lanes  a word has more than 53 bits""");
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', textBlock = """
      8,3;  8,1;  4096; ; flush every 1024 steps, into sums of 32 bits
      8,3;  4,1;  576; ; unit int16 multiply-add, exact up to 2^15 - 1
      16,3; 16,1; 512; ; unit f64 FMA, exact up to 2^53
      16,3; 16,1; 512; ; f32 FMA sums have 41 bits, and it adds up in 32
      16,3; 16,1; 512; 32,4; unit int32 multiply-add, modulo 2^32
      16,3; 16,1; 512; 32,4; no step rounds, and the accumulator keeps low bits alone
      16,3; 16,1; 512; 32,4; f32 FMA a product can be 1073741824, beyond 2^24
      8,3;  8,1;  128; 24,12,AP_RND,AP_SAT; no step rounds, and none can overflow
      8,3;  8,1;  128; 20,8,AP_RND,AP_SAT; the accumulator holds, -524288..524287, 20 bits
      8,3;  8,1;  128; 20,8,AP_RND,AP_SAT_SYM; holds, -524287..524287, 20 bits
      8,3;  8,1;  128; 22,8,AP_RND,AP_SAT_SYM; holds, -524287..524287, 20 bits
      16,6; 16,6; 128; 16,6; unit int32 multiply-shift-add, modulo 2^32
      16,6; 16,6; 128; 16,6; a step rounds what it adds, and the accumulator keeps low bits alone
      16,6; 16,6; 128; 16,6; the accumulator has 10 fraction bits less than a product
      16,6; 18,6; 128; 16,6; int32 multiply-shift-add a product has up to 34 bits as it is rounded
      8,3;  8,1;  8;   20,10,AP_RND,AP_SAT; a step rounds what it adds, and none can overflow
      8,3;  8,1;  8;   20,10,AP_RND_CONV,AP_SAT; every step is cast into the accumulator
      """)
  void theUnitAndTheReasons(String a, String w, int k, String accumulator, String line) {
    OutputStage stage = accumulator == null
        ? STAGE
        : STAGE.withAccumulator(FixedFormat.parse("ap_fixed<" + accumulator + ">"));
    Gemm plan = plan("ap_fixed<" + a + ">", "ap_fixed<" + w + ">", k, stage);
    assertThat(plan.explain(512).replaceAll(" +", " ")).contains(line);
  }

  @Test
  void widthsOfOtherMachines() {
    Gemm plan = plan("ap_fixed<8,3>", "ap_fixed<8,1>", 576, STAGE);
    // With 32 registers, or with 16.
    assertThat(plan.explain(256)).containsPattern("(12|8) x 8 sums, vectors of 256 bits");
    assertThat(plan.explain(0)).contains("scalar loops", "f32 FMA             it needs vectors");
    assertThat(plan).hasToString(plan.explain());
    assertThatThrownBy(() -> plan.explain(64)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("vectorBits is 64: it must be 512, 256, 128 or 0");
  }
}
