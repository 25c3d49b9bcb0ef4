package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.fixture.OneWidth;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sizes about 2<sup>31</sup> and beyond, over sparse files: all words are zeros but the few that a
 * test marks, behind the last that an int counts.
 */
@Tag("hardening")
@OneWidth
class HugeSizesTest {
  private static final FixedFormat S8 = FixedFormat.signed(8, 8);
  private static final long BEYOND = (1L << 31) + 70_000;

  @TempDir
  Path folder;

  private final Arena arena = Arena.ofShared();
  private int files;

  @AfterEach
  void unmap() {
    arena.close();
  }

  /** Returns zeros. */
  private MemorySegment zeros(long bytes) throws IOException {
    files++;
    try (FileChannel file = FileChannel.open(folder.resolve("zeros" + files),
        StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW,
        StandardOpenOption.SPARSE)) {
      return file.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
    }
  }

  private FixedTensor tensor(int... shape) throws IOException {
    return FixedTensor.of(S8,
        zeros(Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact)), shape);
  }

  /** Returns weights of small sizes that are all 1. */
  private static FixedTensor ones(int... shape) {
    FixedTensor ones = FixedTensor.allocate(S8, shape);
    for (int i = 0; i < ones.size(); i++) {
      ones.setRaw(i, 1);
    }
    return ones;
  }

  @Test
  void aCastOfMoreWords() throws IOException {
    MemorySegment from = zeros(BEYOND);
    MemorySegment to = zeros(BEYOND);
    from.set(ValueLayout.JAVA_BYTE, BEYOND - 1, (byte) 3);
    from.set(ValueLayout.JAVA_BYTE, 1L << 31, (byte) 5);
    Cast.of(S8, S8).run(from, 0, to, 0, BEYOND);
    assertThat(to.mismatch(from)).isEqualTo(-1);
  }

  /** Channels have their own thresholds still where a loop begins anew, and at the end. */
  @Test
  void thresholdsOfMoreWords() throws IOException {
    FixedTensor x = tensor((int) (BEYOND / 3), 3);
    FixedTensor thresholds = FixedTensor.of(S8, new byte[] {1, 2, 3}, 3, 1);
    long[] firstWords = {0, (1L << 30) - 100, (1L << 31) - 100, BEYOND - 200};
    for (long first : firstWords) {
      for (int i = 0; i < 200; i++) {
        x.setRaw(first + i, 2);
      }
    }
    Threshold.of(S8, thresholds, Fixed.ofRaw(S8, 0), 7).run(x, x);
    for (long first : firstWords) {
      for (int i = 0; i < 200; i++) {
        assertThat(x.raw(first + i)).isEqualTo((first + i) % 3 < 2 ? 7 : 0);
      }
    }
  }

  @Test
  void signsOfTheLongestRow() throws IOException {
    FixedTensor x = tensor(1, Integer.MAX_VALUE);
    x.setRaw(Integer.MAX_VALUE - 1, -1);
    BitMatrix signs = BitMatrix.signs(x);
    assertThat(signs.sign(0, Integer.MAX_VALUE - 1)).isEqualTo(-1);
    assertThat(signs.sign(0, Integer.MAX_VALUE - 2)).isEqualTo(1);
  }

  @Test
  void aProductOfTheMostRows() throws IOException {
    int rows = Integer.MAX_VALUE - 3;
    FixedTensor a = tensor(rows, 1);
    FixedTensor target = tensor(rows, 1);
    a.setRaw(rows - 1, 7);
    a.setRaw(rows / 2, 9);
    Gemm plan = Gemm.of(S8, ones(1, 1), OutputStage.to(S8));
    plan.run(a, target, Runnable::run, 3);
    assertThat(target.segment().mismatch(a.segment())).isEqualTo(-1);
  }

  @Test
  void aProductOfMoreRowsIsRefused() throws IOException {
    Gemm plan = Gemm.of(S8, ones(1, 1), OutputStage.to(S8));
    FixedTensor a = tensor(2, 1 << 30, 1);
    assertThatIllegalArgumentException().isThrownBy(() -> plan.run(a, a))
        .withMessage("a has 2147483648 rows: a run takes at most 2147483647");
  }

  @Test
  void poolingOfMoreWords() throws IOException {
    FixedTensor images = tensor(3, 1 << 15, 1 << 15, 1);
    images.setRaw(images.size() - 1, 11);
    FixedTensor largest = FixedTensor.allocate(S8, 3);
    Pool2d.max(S8, ImageShape.of(1 << 15, 1 << 15, 1), Window.of(1 << 15, 1 << 15)).run(images,
        largest);
    assertThat(new long[] {largest.raw(0), largest.raw(1), largest.raw(2)})
        .containsExactly(0, 0, 11);
  }

  /**
   * A convolution has a strip for each group of each image: here more than an int counts, which
   * would take minutes. So the executor stops the run where it begins, and the last is run alone.
   */
  @Test
  void aConvolutionOfMoreImagesAndGroups() throws IOException {
    int groups = 64;
    int images = (1 << 31 - 6) + 3;
    FixedTensor x = tensor(images, 2 * groups);
    FixedTensor target = tensor(images, groups);
    x.setRaw(x.size() - 1, 3);
    Conv2d plan = Conv2d.of(S8, ones(groups, 2, 1, 1), ImageShape.of(1, 1, 2 * groups),
        Window.of(1, 1), groups, OutputStage.to(S8));
    IllegalStateException stop = new IllegalStateException("stop");
    assertThatThrownBy(() -> plan.run(x, target, _ -> {
      throw stop;
    }, 2)).isSameAs(stop);
    plan.compute(x, null, target, (long) images * groups - 1, 0, 1);
    assertThat(target.raw(target.size() - 1)).isEqualTo(3);
    assertThat(target.raw(target.size() - 2)).isZero();
  }

  /** Panels times parts are beyond an int, and a plan takes a few bytes for each column. */
  @Test
  void aProductWithManyColumns() throws IOException {
    int columns = 20_000_000;
    FixedTensor weights = tensor(1, columns);
    weights.setRaw(columns - 1, 3);
    FixedTensor target = tensor(1, columns);
    Gemm plan = Gemm.of(S8, weights, OutputStage.to(S8));
    for (int parts : new int[] {1, 16_000}) {
      target.setRaw(columns - 1, 0);
      plan.run(ones(1, 1), target, Runnable::run, parts);
      assertThat(target.segment().mismatch(weights.segment())).isEqualTo(-1);
    }
  }

  @Test
  void weightsThatNoArrayHoldsAreRefused() throws IOException {
    FixedTensor square = tensor(48_000, 50_000);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gemm.of(S8, square, OutputStage.to(S8)))
        .withMessage("weights are 48000 x 50000 words for a plan, 2400000000 with columns filled up"
            + " to whole vectors: an array holds at most 2147483639");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Conv2d.of(S8, square.reshape(48_000, 50_000, 1, 1),
            ImageShape.of(1, 1, 50_000), Window.of(1, 1), OutputStage.to(S8)))
        .withMessage("weights are 50000 x 48000 words for a plan, 2400000000 with columns filled up"
            + " to whole vectors: an array holds at most 2147483639");
  }

  @Test
  void theLastOfMoreWeightsIsRead() throws IOException {
    FixedTensor weights = tensor(48_000, 50_000);
    weights.setRaw(weights.size() - 1, 5);
    assertThat(new TensorMatrix(weights, 48_000, 50_000).at(47_999, 49_999)).isEqualTo(5);
    ConvWeights last =
        new ConvWeights(weights.reshape(48_000, 50_000, 1, 1), 24_000, 24_000, true);
    assertThat(last.at(49_999, 23_999)).isEqualTo(5);
  }
}
