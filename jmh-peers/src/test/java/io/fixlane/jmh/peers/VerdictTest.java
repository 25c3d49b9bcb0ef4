package io.fixlane.jmh.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.fixlane.jmh.check.ConvSizes;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of peers that are wrong, by peers that are. */
class VerdictTest {
  private static final String SHAPE = "7x65x11";

  /** 255 x 127 + 255 x 127 saturates at 32,767, -255 x 128 x 2 at -32,768; one product never. */
  @ParameterizedTest
  @CsvSource({"false, 127, 2, 32767", "false, -128, 2, -32768", "false, 127, 1, 32385",
    "false, 127, 3, 65152", "true, 127, 2, 255", "true, -128, 2, 0", "true, 127, 1, 16129",
    "false, 64, 2, 32640", "true, 64, 2, 16256"})
  void pairsSaturate(boolean signed, byte weight, int k, int sum) {
    byte[] a = new byte[k];
    byte[] weights = new byte[k];
    Arrays.fill(a, signed ? Byte.MAX_VALUE : (byte) 255);
    Arrays.fill(weights, weight);
    assertThat(PairSaturation.sum(signed, a, 0, weights, 0, 1, k)).isEqualTo(sum);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPeerThatSaturatesPairsIsToldTo(boolean signed) {
    GemmTask task = new GemmTask(signed, SHAPE);
    byte[] exact = task.biasedWords();
    byte[] got = task.saturatedBiasedWords();
    int wrong = 0;
    for (int i = 0; i < got.length; i++) {
      wrong += got[i] == exact[i] ? 0 : 1;
    }
    assertThat(wrong).isPositive();
    Verdict verdict = Verdict.of(exact, got, task::saturatedBiasedWords);
    assertThat(verdict).isEqualTo(new Verdict(wrong, 77, true))
        .hasToString("wrong: " + wrong + " of 77 words, saturates pairs of products");
    assertThatIllegalStateException().isThrownBy(verdict::ofOurs).withMessage(verdict.toString());
  }

  /** One word that no saturation explains, and the reason is not claimed. */
  @Test
  void whatTheModelDoesNotGiveIsCountedAlone() {
    GemmTask task = new GemmTask(true, SHAPE);
    int[] exact = task.sums();
    int[] got = task.saturatedSums();
    assertThat(Verdict.of(exact, got, task::saturatedSums).saturatesPairs()).isTrue();
    got[0] ^= 1;
    assertThat(Verdict.of(exact, got, task::saturatedSums).toString())
        .matches("wrong: \\d+ of 77 words");
    byte[] words = task.words();
    words[3]++;
    assertThat(Verdict.of(task.words(), words, task::saturatedWords))
        .isEqualTo(new Verdict(1, 77, false));
    assertThat(new Verdict(12_345, 262_144, false)).hasToString("wrong: 12,345 of 262,144 words");
  }

  @Test
  void whatIsRightIsNoFinding() {
    GemmTask task = new GemmTask(false, SHAPE);
    assertThat(Verdict.of(task.words(), task.words(), task::saturatedWords).ofOurs())
        .isEqualTo(new Verdict(0, 77, false));
    assertThat(Verdict.of(new float[] {0f}, new float[] {-0f}).wrong()).isZero();
    assertThatIllegalStateException()
        .isThrownBy(() -> Verdict.of(new byte[2], new byte[1]))
        .withMessage("there must be 2 results, not 1");
  }

  /** Of weights in -64..63 no pair saturates, so that all windows and taps show in exact words. */
  @ParameterizedTest
  @CsvSource({"true, 1", "false, 1", "true, 4", "false, 2"})
  void theModelOfConvolutionsIsExactWhereNothingSaturates(boolean signed, int groups) {
    ConvSizes sizes = new ConvSizes(
        ImageShape.of(6, 5, 4), 8, Window.of(3, 3).withPadding(1, 1), groups);
    ConvTask task = new ConvTask(signed, sizes);
    for (long i = 0; i < task.weights.size(); i++) {
      task.weights.setRaw(i, task.weights.raw(i) >> 1);
    }
    assertThat(task.saturatedWords()).isEqualTo(task.words());
  }

  /** oneDNN, held to what it knows of AVX2; on other processors it is exact. */
  @ParameterizedTest
  @CsvSource({"ONEDNN_S8", "ONEDNN_U8"})
  void oneDnnSaturatesPairsWithoutVnni(GemmPeers.Library library) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
        PeerSetup.class.getName(), library.name(), "64x64x64");
    builder.environment().put("ONEDNN_MAX_CPU_ISA", "AVX2");
    Process child = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String told =
        new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(child.waitFor()).isZero();
    boolean x86 = System.getProperty("os.arch").matches("amd64|x86_64");
    assertThat(told)
        .matches(x86 ? "wrong: \\d+ of 4,096 words, saturates pairs of products" : "");
  }
}
