package io.fixlane.kernels.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.Conv2d;
import io.fixlane.kernels.KHot;
import io.fixlane.kernels.KHotKernel;
import io.fixlane.kernels.OutputStage;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Convolutions refuse what they cannot compute, and say what it was, before they write a word. */
class Conv2dRefusalTest {
  private static final FixedFormat S8 = FixedFormat.signed(8, 3);
  private static final FixedFormat S16 = FixedFormat.signed(16, 6);
  private static final ImageShape SHAPE = ImageShape.of(5, 6, 4);
  private static final Window WINDOW = Window.of(3, 3);
  private static final int IMAGE = 4 * 5 * 6;
  private static final int RESULT = 8 * 3 * 4;
  private static final FixedTensor WEIGHTS = Words.tensor(S8, new Random(1), 8, 2, 3, 3);

  private final FixedTensor x = Words.tensor(S8, new Random(2), 2 * IMAGE);
  private final FixedTensor target = Words.tensor(S16, new Random(3), 2 * RESULT);
  private final Conv2d plan = Conv2d.of(S8, WEIGHTS, SHAPE, WINDOW, 2,
      OutputStage.to(S16));
  private final Conv2d adding =
      Conv2d.of(S8, WEIGHTS, SHAPE, WINDOW, 2,
          OutputStage.to(S16).withResidualAdd(S16, S16));

  private static void refused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  /** Asserts that a run is refused, and that the target holds the words that it held. */
  private static void runRefused(Conv2d plan, FixedTensor x, @Nullable FixedTensor residual,
      FixedTensor target, int parts, String message) {
    byte[] before = Words.bytes(target.segment());
    refused(() -> {
      if (residual == null) {
        plan.run(x, target, Runnable::run, parts);
      } else {
        plan.run(x, residual, target, Runnable::run, parts);
      }
    }, message);
    assertThat(Words.bytes(target.segment())).isEqualTo(before);
  }

  @Test
  void weightsHaveTheShapeOfTheConvolution() {
    String rule = ": they must be outputs x channels of a group x kernelHeight x kernelWidth,"
        + " outputs x 2 x 3 x 3";
    refused(() -> Conv2d.of(S8, FixedTensor.allocate(S8, 8, 4, 3, 3), SHAPE, WINDOW, 2,
        OutputStage.to(S8)),
        "weights have the shape [8, 4, 3, 3]" + rule);
    refused(() -> Conv2d.of(S8, FixedTensor.allocate(S8, 8, 18), SHAPE, WINDOW, 2,
        OutputStage.to(S8)),
        "weights have the shape [8, 18]" + rule);
    KHot khot = KHot.of(1, KHotRule.TRUNCATE);
    for (KHotKernel kernel : KHotKernel.values()) {
      refused(() -> khot.conv2d(S8, FixedTensor.allocate(S8, 8, 18), SHAPE, WINDOW, 2,
          OutputStage.to(S8),
          kernel), "weights have the shape [8, 18]" + rule);
    }
  }

  private static Conv2d plan(ImageShape image, int outputs, Window window, int groups) {
    FixedTensor weights = FixedTensor.allocate(
        S8, outputs, image.channels() / groups, window.kernelHeight(), window.kernelWidth());
    return Conv2d.of(S8, weights, image, window, groups, OutputStage.to(S8));
  }

  @Test
  void groupsDivideChannelsAndOutputs() {
    String rule = ": it must be positive and divide the channels of the image, 4";
    refused(() -> plan(SHAPE, 8, WINDOW, 3), "groups is 3" + rule);
    for (int groups : new int[] {0, -1}) {
      refused(() -> Conv2d.of(S8, WEIGHTS, SHAPE, WINDOW, groups, OutputStage.to(S8)),
          "groups is " + groups + rule);
    }
    refused(() -> plan(SHAPE, 6, WINDOW, 4),
        "weights have 6 outputs: there must be one at least, and as many in each of 4 groups");
    refused(() -> plan(SHAPE, 0, WINDOW, 2),
        "weights have 0 outputs: there must be one at least, and as many in each of 2 groups");
  }

  @Test
  void theKernelFitsInAPaddedImageWhoseWordsAnIntCounts() {
    refused(() -> plan(ImageShape.of(2, 9, 4), 8, WINDOW, 1),
        "the kernel spans 3 rows: it must fit in the padded image, which has 2");
    assertThat(plan(ImageShape.of(1, 1, 8), 8, WINDOW.withPadding(1, 1), 1).output())
        .isEqualTo(ImageShape.of(1, 1, 8));
    assertThat(plan(ImageShape.of(2, 2, 8), 8, WINDOW.withStride(2, 2).ceil(), 1).output())
        .isEqualTo(ImageShape.of(1, 1, 8));
    refused(
        () -> plan(ImageShape.of(1 << 20, 1, 1), 1, Window.of(1, 1).withPadding(0, 1 << 20), 1),
        "the padded image has 1048576 x 2097153 pixels of 1 channels: it must have at most"
            + " 2147483647 words in all");
    refused(() -> plan(ImageShape.of(1 << 11, 1 << 11, 1), 512, Window.of(1, 1), 1),
        "the image has 2048 x 2048 pixels of 512 channels: it must have at most 2147483647 words in"
            + " all");
  }

  @Test
  void whatChannelsHaveIsThereForEveryOutput() {
    FixedTensor four = FixedTensor.allocate(S8, 4);
    FixedTensor eight = FixedTensor.allocate(S8, 8);
    refused(() -> Conv2d.of(S8, WEIGHTS, SHAPE, WINDOW, 2,
        OutputStage.to(S8).withBias(four)),
        "bias has 4 words: it must have one for each of 8 channels");
    refused(() -> Conv2d.of(S8, WEIGHTS, SHAPE, WINDOW, 2,
        OutputStage.to(S8).withScaleAndShift(four, eight, S8)),
        "scale has 4 words: it must have one for each of 8 channels");
    refused(() -> Conv2d.of(S8, WEIGHTS, SHAPE, WINDOW, 2,
        OutputStage.to(S8).withScaleAndShift(eight, four, S8)),
        "shift has 4 words: it must have one for each of 8 channels");
    refused(() -> Conv2d.of(S8, WEIGHTS, SHAPE, WINDOW, 2,
        OutputStage.toEach(List.of(S8, S8))),
        "outputs has 2 formats: it must have one for each of 8 channels");
  }

  @Test
  void wordsHaveAtMost64BitsAndSumsAtMost128() {
    refused(() -> Conv2d.of(FixedFormat.signed(65, 3), WEIGHTS, SHAPE, WINDOW, 2,
        OutputStage.to(S8)),
        "ap_fixed<65,3> is wider than 64 bits: kernels hold words of at most 64 bits");
    FixedFormat wide = FixedFormat.signed(64, 3);
    refused(() -> Conv2d.of(wide, FixedTensor.allocate(wide, 8, 2, 3, 3), SHAPE, WINDOW, 2,
        OutputStage.to(S8)),
        "the exact sum of 18 products of ap_fixed<64,3> and ap_fixed<64,3> has 135 bits:"
            + " kernels compute in at most 128 bits");
  }

  @Test
  void tensorsHaveTheFormatsOfThePlan() {
    runRefused(plan, FixedTensor.allocate(S16, 2 * IMAGE), null, target, 1,
        "x has the format ap_fixed<16,6>: the plan's is ap_fixed<8,3>");
    runRefused(plan, x, null, FixedTensor.allocate(S8, 2 * RESULT), 1,
        "target has the format ap_fixed<8,3>: the plan's is ap_fixed<16,6>");
    runRefused(adding, x, FixedTensor.allocate(S8, 2 * RESULT), target, 1,
        "residual has the format ap_fixed<8,3>: the plan's is ap_fixed<16,6>");
  }

  @Test
  void tensorsHaveWholeImages() {
    runRefused(plan, FixedTensor.allocate(S8, IMAGE + 1), null, target, 1,
        "x has 121 words: it must be images of 120");
    runRefused(plan, x, null, FixedTensor.allocate(S16, RESULT), 1,
        "target has 96 words: it must have 192");
    runRefused(adding, x, FixedTensor.allocate(S16, RESULT), target, 1,
        "residual has 96 words: it must have 192");
  }

  @Test
  void aResidualIsGivenWhereTheStageAddsOne() {
    runRefused(adding, x, null, target, 1,
        "residual is missing: the output stage adds one of ap_fixed<16,6>");
    refused(() -> adding.run(x, target),
        "residual is missing: the output stage adds one of ap_fixed<16,6>");
    runRefused(plan, x, FixedTensor.allocate(S16, 2 * RESULT), target, 1,
        "residual is given: the output stage adds none");
  }

  @Test
  void thereIsAtLeastOnePart() {
    runRefused(plan, x, null, target, 0, "parts is 0: it must be positive");
    runRefused(plan, x, null, target, -3, "parts is -3: it must be positive");
  }

  @Test
  void theTargetIsWritable() {
    FixedTensor fixed = FixedTensor.of(S16, target.segment().asReadOnly(), 2 * RESULT);
    runRefused(plan, x, null, fixed, 1, "target is read-only: it must be writable");
  }

  @Test
  void theTargetIsApartFromTheImagesAndApartFromOrOnTheResidual() {
    MemorySegment memory = MemorySegment.ofArray(new byte[4 * RESULT + 2 * IMAGE]);
    FixedTensor images = FixedTensor.of(S8, memory.asSlice(0, 2 * IMAGE), 2 * IMAGE);
    FixedTensor over =
        FixedTensor.of(S16, memory.asSlice(2 * IMAGE - 1, 4 * RESULT), 2 * RESULT);
    runRefused(plan, images, null, over, 1,
        "x and target overlap: they must be apart");
    FixedTensor on = FixedTensor.of(S16, memory.asSlice(0, 4 * RESULT), 2 * RESULT);
    FixedTensor shifted = FixedTensor.of(S16, memory.asSlice(2, 4 * RESULT), 2 * RESULT);
    runRefused(adding, x, on, shifted, 1,
        "residual and target overlap: they must be apart, or start at the same word and have"
            + " containers of one size");
  }

  @Test
  void memoryOfOneThreadIsNotSharedByParts() {
    try (Arena arena = Arena.ofConfined()) {
      FixedTensor ownX = FixedTensor.of(S8, arena.allocate(2 * IMAGE), 2 * IMAGE);
      FixedTensor own = FixedTensor.of(S16, arena.allocate(4 * RESULT), 2 * RESULT);
      String rule = " lies in a confined arena, and parts is 2: memory that threads share must be"
          + " an array, or of a shared or automatic arena";
      runRefused(plan, ownX, null, target, 2, "x" + rule);
      runRefused(plan, x, null, own, 2, "target" + rule);
      runRefused(adding, x, own, target, 2, "residual" + rule);
      adding.run(ownX, own, own, Runnable::run, 1);
    }
  }
}
