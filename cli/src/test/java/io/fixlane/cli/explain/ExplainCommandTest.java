package io.fixlane.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.Run;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code fixlane explain}: the plan for the worst weights, and mistakes in its arguments. */
class ExplainCommandTest {
  private static Run explain(String more) {
    String line = "explain --gemm ap_fixed<8,3> ap_fixed<8,1> --vector-bits 512 " + more;
    return Run.of(line.split(" "));
  }

  @Test
  void theWorstWeightsDecideTheUnit() {
    Run run = explain("--k 576 --relu --out ap_fixed<8,3,AP_RND_CONV,AP_SAT>");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("""
        gemm ap_fixed<8,3> x ap_fixed<8,1>, k = 576, n = 2
          product      ap_fixed<16,4>, in units of 2^-12
          accumulator  exact
          sums         whole, cast once: no accumulator is given
          bound        -9363456..9437184, 25 bits
          unit         f32 FMA, exact up to 2^24
        """).contains("  output       relu, cast into ap_fixed<8,3,AP_RND_CONV,AP_SAT>\n")
        .endsWith("""
            The worst weights are assumed: columns are all the smallest or all the largest word.
            """);
  }

  @Test
  void aBiasWidensTheBoundOnBothSides() {
    Run run = explain("--k 1 --bias ap_fixed<16,4> --out ap_fixed<8,3>");
    // -128 x 127 - 32768 and -128 x -128 + 32767
    assertThat(run.out()).contains("k = 1, n = 4\n", "bound        -49024..49151, 17 bits\n",
        "output       bias of ap_fixed<16,4>, cast into ap_fixed<8,3>\n", ", and so is the bias.");
  }

  @Test
  void anAccumulatorThatRoundsTakesSteps() {
    Run run = explain("--k 128 --n 64 --acc ap_fixed<16,6,AP_RND,AP_SAT> --out ap_fixed<8,3>");
    assertThat(run.out()).contains("n = 64\n", "accumulator  ap_fixed<16,6,AP_RND,AP_SAT>\n",
        "sums         step by step", "whole sums  a step rounds");
  }

  @Test
  void withoutVectorBitsItIsThisMachines() {
    Run run = Run.of("explain", "--gemm", "ap_fixed<8,3>", "ap_fixed<8,1>", "--k", "3", "--out",
        "ap_fixed<8,3>");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("tile  ");
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', textBlock = """
      --k 0 --out ap_fixed<8,3>; --k is 0: it must be positive
      --k 3 --n -1 --out ap_fixed<8,3>; --n is -1: it must be positive
      --k 2147483647 --out ap_fixed<8,3>; --k times --n is 4294967294: it must be at most 16777216
      --k 3 --n 2 --bias ap_fixed<8,3> --out ap_fixed<8,3>; --n is 2: with --bias it must be at
      --k 3 --out ap_fixed<8>; 'ap_fixed<8>' has 1 arguments
      --k 3 --out ap_fixed; the shell takes < and > unless quotes stand around the format
      --k 3 --acc ap_fixed<8,3,RND> --out ap_fixed<8,3>; Q is 'RND'
      --k 3 --bias ap_fixed<0,3> --out ap_fixed<8,3>; W is 0
      --k 3 --out ap_fixed<65,3>; ap_fixed<65,3> is wider than 64 bits
      """)
  void aMistakeIsOneLine(String more, String message) {
    Run run = explain(more);
    assertThat(run.err()).startsWith("fixlane: ").contains(message).hasLineCount(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void otherVectorsAreRefused() {
    Run run = Run.of("explain", "--gemm", "ap_fixed<8,3>", "ap_fixed<8,1>", "--k", "3", "--out",
        "ap_fixed<8,3>", "--vector-bits", "64");
    assertThat(run.err())
        .isEqualTo("fixlane: --vector-bits is 64: it must be 512, 256, 128 or 0\n");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', textBlock = """
      --gemm ap_fixed<8,3> --k 3 --out ap_fixed<8,3>; --gemm
      --gemm ap_fixed<8,3> ap_fixed<8,1> --out ap_fixed<8,3>; Missing required option: '--k=K'
      --gemm ap_fixed<8,3> ap_fixed<8,1> --k x --out ap_fixed<8,3>; 'x' is not an int
      --k 3 --out ap_fixed<8,3>; Missing required option: '--gemm=FORMAT'
      """)
  void whatIsMissingIsNamed(String arguments, String message) {
    String[] line = ("explain " + arguments).split(" ");
    Run run = Run.of(line);
    assertThat(run.err()).as(Arrays.toString(line)).startsWith("fixlane: ").contains(message)
        .endsWith("Try 'fixlane explain --help'.\n").doesNotContain("\tat ");
    assertThat(run.exitCode()).isEqualTo(2);
  }
}
