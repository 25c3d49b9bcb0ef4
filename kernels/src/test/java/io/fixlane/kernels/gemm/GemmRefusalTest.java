package io.fixlane.kernels.gemm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Conv2d;
import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.MatrixView;
import io.fixlane.kernels.OutputStage;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What matrix products and output stages refuse, before anything is written. */
class GemmRefusalTest {
  private static final FixedFormat S8 = FixedFormat.signed(8, 4);
  private static final FixedFormat S16 = FixedFormat.signed(16, 6);
  private static final byte MARK = 77;
  private static final OutputStage TO_S8 = OutputStage.to(S8);

  private final byte[] results = new byte[60];
  private final MemorySegment memory = MemorySegment.ofArray(results);
  private final Gemm gemm = Gemm.of(S8, tensor(S8, 3, 2), TO_S8);
  private final Gemm adds = Gemm.of(S8, tensor(S8, 3, 2), TO_S8.withResidualAdd(S16, S8));

  @BeforeEach
  void mark() {
    Arrays.fill(results, MARK);
  }

  @AfterEach
  void nothingWasWritten() {
    assertThat(results).containsOnly(MARK);
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  private static FixedTensor tensor(FixedFormat format, int... shape) {
    return FixedTensor.allocate(format, shape);
  }

  /** Returns a tensor over the marked memory. */
  private FixedTensor target(FixedFormat format, int... shape) {
    int words = Arrays.stream(shape).reduce(1, (x, y) -> x * y);
    return FixedTensor.of(format, memory.asSlice(0, words * (format.width() / 8)), shape);
  }

  @Test
  void weightsThatAreNoMatrix() {
    assertRefused(() -> Gemm.of(S8, tensor(S8, 3), TO_S8),
        "weights have the shape [3]: they must be k x n words");
    assertRefused(() -> Gemm.of(S8, tensor(S8, 3, 0), TO_S8),
        "weights have the shape [3, 0]: they must be k x n words");
    assertRefused(() -> Gemm.of(S8, tensor(S8, 3, 2, 1), TO_S8),
        "weights have the shape [3, 2, 1]: they must be k x n words");
  }

  @Test
  void anotherNumberOfWordsOrFormatsThanChannels() {
    FixedTensor w = tensor(S8, 3, 2);
    assertRefused(() -> Gemm.of(S8, w, TO_S8.withBias(tensor(S8, 3))),
        "bias has 3 words: it must have one for each of 2 channels");
    assertRefused(() -> Gemm.of(S8, w, TO_S8.withScaleAndShift(tensor(S8, 1), tensor(S8, 2), S8)),
        "scale has 1 words: it must have one for each of 2 channels");
    assertRefused(() -> Gemm.of(S8, w, TO_S8.withScaleAndShift(tensor(S8, 2), tensor(S8, 1), S8)),
        "shift has 1 words: it must have one for each of 2 channels");
    assertRefused(() -> Gemm.of(S8, w, OutputStage.toEach(List.of(S8, S8, S8))),
        "outputs has 3 formats: it must have one for each of 2 channels");
  }

  @Test
  void formatsThatAreTooWide() {
    FixedFormat s65 = FixedFormat.signed(65, 6);
    FixedFormat s64 = FixedFormat.signed(64, 6);
    String rule = "ap_fixed<65,6> is wider than 64 bits: kernels hold words of at most 64 bits";
    assertRefused(() -> Gemm.of(s65, tensor(S8, 3, 2), TO_S8), rule);
    assertRefused(() -> Gemm.of(S8, tensor(S8, 3, 2), OutputStage.to(s65)), rule);
    assertRefused(
        () -> Gemm.of(S8, tensor(S8, 3, 2), TO_S8.withAccumulator(s65).withBias(tensor(S8, 2))),
        rule);
    assertRefused(() -> Gemm.of(s64, tensor(s64, 3, 2), TO_S8),
        "the exact sum of 3 products of ap_fixed<64,6> and ap_fixed<64,6> has 132 bits:"
            + " kernels compute in at most 128 bits");
    assertRefused(
        () -> Gemm.of(s64, tensor(s64, 3, 2), TO_S8.withAccumulator(FixedFormat.signed(8, 60))),
        "the exact sum of an accumulator of ap_fixed<8,60> and a product of ap_fixed<64,6> and"
            + " ap_fixed<64,6> has 177 bits: kernels compute in at most 128 bits");
  }

  @Test
  void stagesThatDoNotGoTogether() {
    assertRefused(() -> OutputStage.toEach(List.of()),
        "outputs is empty: it must have a format for each channel");
    assertRefused(
        () -> Gemm.of(S8, tensor(S8, 3, 2), OutputStage.toEach(
            List.of(FixedFormat.signed(8, -2_000_000_000), FixedFormat.signed(8, 2_000_000_000)))),
        "outputs holds ap_fixed<8,-2000000000> and ap_fixed<8,2000000000>: binary points of"
            + " channels may be at most 63 bits apart");
    FixedFormat rounded = FixedFormat.parse("ap_fixed<8,4,AP_RND>");
    assertRefused(() -> OutputStage.toEach(List.of(S8, rounded)),
        "outputs holds ap_fixed<8,4> and ap_fixed<8,4,AP_RND>: formats of channels may differ in"
            + " their integer bits alone");
    assertRefused(() -> TO_S8.withResidualAdd(S8, S8).withResidualAdd(S8, S8),
        "withResidualAdd stands twice: a stage adds one residual");
    OutputStage each = OutputStage.toEach(List.of(S8, FixedFormat.signed(8, 3)));
    assertRefused(() -> each.withResidualAdd(S8, S8),
        "the channels have formats of their own: no step can follow");
    assertRefused(() -> each.withScaleAndShift(tensor(S8, 2), tensor(S8, 2), S8),
        "the channels have formats of their own: no step can follow");
  }

  /** The reference takes no step for a tap in the padding, and so keeps -128; 0 more gives -127. */
  @Test
  void aSymmetricAccumulatorOfPaddedSumsThatStartBelowIt() {
    FixedFormat symmetric = FixedFormat.parse("ap_fixed<8,4,AP_TRN,AP_SAT_SYM>");
    ImageShape image = ImageShape.of(4, 4, 1);
    Window window = Window.of(3, 3);
    FixedTensor w = tensor(S8, 2, 1, 3, 3);
    FixedTensor bias = FixedTensor.of(symmetric, new byte[] {-127, -128}, 2);
    OutputStage stage = TO_S8.withAccumulator(symmetric).withBias(bias);
    assertRefused(() -> Conv2d.of(S8, w, image, window.withPadding(1, 0), stage),
        "bias has the raw word -128 at 1: with padding, ap_fixed<8,4,AP_TRN,AP_SAT_SYM> must start"
            + " from words that it saturates to");
    assertRefused(
        () -> Conv2d.of(S8, w, image, window.withStride(2, 1).ceil(), stage),
        "bias has the raw word -128 at 1: with padding, ap_fixed<8,4,AP_TRN,AP_SAT_SYM> must start"
            + " from words that it saturates to");
    assertThatCode(() -> Conv2d.of(S8, w, image, window, stage)).doesNotThrowAnyException();
    FixedTensor cast = FixedTensor.of(S8, new byte[] {-127, -128}, 2);
    assertThatCode(() -> Conv2d.of(S8, w, image, window.withPadding(1, 0), stage.withBias(cast)))
        .doesNotThrowAnyException();
  }

  @Test
  void tensorsOfOtherFormatsOrShapes() {
    assertRefused(() -> gemm.run(tensor(S16, 4, 3), target(S8, 4, 2)),
        "a has the format ap_fixed<16,6>: the plan's is ap_fixed<8,4>");
    assertRefused(() -> gemm.run(tensor(S8, 4, 3), target(S16, 4, 2)),
        "target has the format ap_fixed<16,6>: the plan's is ap_fixed<8,4>");
    assertRefused(() -> gemm.run(tensor(S8, 3, 4), target(S8, 4, 2)),
        "a has the shape [3, 4]: its last dimension must be k = 3");
    assertRefused(() -> gemm.run(tensor(S8), target(S8, 1, 2)),
        "a has the shape []: its last dimension must be k = 3");
    assertRefused(() -> gemm.run(tensor(S8, 4, 3), target(S8, 5, 2)),
        "target has 10 words: it must have 8");
    assertRefused(() -> runAdds(tensor(S8, 4, 2)),
        "residual has the format ap_fixed<8,4>: the plan's is ap_fixed<16,6>");
    assertRefused(() -> runAdds(tensor(S16, 4, 1)), "residual has 4 words: it must have 8");
  }

  private void runAdds(FixedTensor residual) {
    adds.run(tensor(S8, 4, 3), residual, target(S8, 4, 2), Runnable::run, 1);
  }

  @Test
  void aResidualThatIsMissingOrNotWanted() {
    assertRefused(() -> adds.run(tensor(S8, 4, 3), target(S8, 4, 2)),
        "residual is missing: the output stage adds one of ap_fixed<16,6>");
    assertRefused(() -> gemm.run(tensor(S8, 4, 3), tensor(S8, 4, 2), target(S8, 4, 2),
        Runnable::run, 1), "residual is given: the output stage adds none");
    MatrixView a = view(6, 0, 3);
    assertRefused(() -> gemm.run(2, a, view(4, 0, 2), target(0, 2), Runnable::run, 1),
        "residual is given: the output stage adds none");
    assertRefused(() -> adds.run(2, a, target(0, 2), Runnable::run, 1),
        "residual is missing: the output stage adds one of ap_fixed<16,6>");
  }

  private static MatrixView view(int bytes, long index, long stride) {
    return new MatrixView(MemorySegment.ofArray(new byte[bytes]), index, stride);
  }

  private MatrixView target(long index, long stride) {
    return new MatrixView(memory, index, stride);
  }

  @Test
  void numbersOutOfRange() {
    assertRefused(() -> view(6, -1, 3), "index is -1: it must not be negative");
    assertRefused(() -> view(6, 0, 0), "stride is 0: it must be positive");
    MatrixView a = view(6, 0, 3);
    assertRefused(() -> gemm.run(-1, a, target(0, 2), Runnable::run, 1),
        "m is -1: it must not be negative");
    assertRefused(() -> gemm.run(2, a, target(0, 2), Runnable::run, 0),
        "parts is 0: it must be positive");
    assertRefused(() -> gemm.run(tensor(S8, 4, 3), target(S8, 4, 2), Runnable::run, 0),
        "parts is 0: it must be positive");
  }

  @Test
  void rowsThatDoNotLieInTheirMemory() {
    MatrixView a = view(6, 0, 3);
    assertRefused(() -> gemm.run(2, view(6, 0, 2), target(0, 2), Runnable::run, 1),
        "a has the stride 2: a row has 3 words");
    assertRefused(() -> gemm.run(2, a, target(0, 1), Runnable::run, 1),
        "target has the stride 1: a row has 2 words");
    assertRefused(() -> gemm.run(2, view(6, 1, 3), target(0, 2), Runnable::run, 1),
        "a has 6 words: 2 rows of 3 from word 1 on, 3 apart, do not lie in it");
    assertRefused(() -> gemm.run(2, view(6, 0, 4), target(0, 2), Runnable::run, 1),
        "a has 6 words: 2 rows of 3 from word 0 on, 4 apart, do not lie in it");
    assertRefused(() -> gemm.run(2, a, target(57, 2), Runnable::run, 1),
        "target has 60 words: 2 rows of 2 from word 57 on, 2 apart, do not lie in it");
    assertRefused(() -> gemm.run(0, a, target(61, 2), Runnable::run, 1),
        "target has 60 words: 0 rows of 2 from word 61 on, 2 apart, do not lie in it");
    assertRefused(() -> adds.run(2, a, view(7, 0, 2), target(0, 2), Runnable::run, 1),
        "residual has 3 words: 2 rows of 2 from word 0 on, 2 apart, do not lie in it");
    long most = Long.MAX_VALUE;
    assertRefused(() -> gemm.run(3, view(9, 0, most), target(0, 2), Runnable::run, 1),
        "a has 9 words: 3 rows of 3 from word 0 on, " + most + " apart, do not lie in it");
    assertRefused(() -> gemm.run(1, view(9, most, 3), target(0, 2), Runnable::run, 1),
        "a has 9 words: 1 rows of 3 from word " + most + " on, 3 apart, do not lie in it");
  }

  @Test
  void aTargetThatIsReadOnly() {
    MemorySegment readOnly = memory.asReadOnly();
    assertRefused(() -> gemm.run(2, view(6, 0, 3), new MatrixView(readOnly, 0, 2),
        Runnable::run, 1), "target is read-only: it must be writable");
    assertRefused(() -> gemm.run(tensor(S8, 4, 3),
        FixedTensor.of(S8, readOnly.asSlice(0, 8), 4, 2)),
        "target is read-only: it must be writable");
  }

  @Test
  void resultsThatLieOnWhatIsRead() {
    String overlap = "a and target overlap: they must be apart";
    assertRefused(() -> gemm.run(2, target(3, 3), target(0, 2), Runnable::run, 1), overlap);
    assertRefused(() -> gemm.run(2, target(0, 3), target(5, 2), Runnable::run, 1), overlap);
    assertRefused(() -> gemm.run(FixedTensor.of(S8, memory.asSlice(7, 12), 4, 3),
        target(S8, 4, 2)), overlap);
    assertRefused(() -> adds.run(2, view(6, 0, 3), target(0, 2), target(0, 2), Runnable::run, 1),
        "residual and target overlap: they must be apart");
    assertRefused(() -> runAdds(FixedTensor.of(S16, memory.asSlice(0, 16), 4, 2)),
        "residual and target overlap: they must be apart");
    Gemm sameSize = Gemm.of(S8, tensor(S8, 3, 2), TO_S8.withResidualAdd(S8, S8));
    assertRefused(() -> sameSize.run(2, view(6, 0, 3), target(1, 2), target(0, 2),
        Runnable::run, 1), "residual and target overlap: they must be apart");
  }
}
