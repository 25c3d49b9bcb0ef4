package io.fixlane.kernels.gemm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.Conv2d;
import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.MatrixView;
import io.fixlane.kernels.OutputStage;
import io.fixlane.kernels.fixture.OneWidth;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Output stages that take several rows at once give the words of one row at a time. */
class GemmRowsTest {
  private static final FixedFormat S8 = FixedFormat.signed(8, 3);
  private static final FixedFormat S16 = FixedFormat.signed(16, 6);
  private static final int PIXELS = 6;

  private static OutputStage stage(int n, Random random) {
    return OutputStage.to(S8).withBias(Words.tensor(FixedFormat.signed(24, 4), random, n))
        .withScaleAndShift(
            Words.tensor(S8, random, n), Words.tensor(S16, random, n), S16);
  }

  /** Rows of results, and of what is added to them, with and without words between them. */
  @ParameterizedTest
  @CsvSource({"1, 1, 0, 0", "70, 3, 0, 0", "70, 3, 1, 2", "300, 24, 0, 0", "9, 330, 0, 0",
    "300, 32, 0, 0", "300, 32, 0, 3",
    "300, 32, 3, 0", "9, 320, 0, 0", "9, 320, 5, 0", "9, 320, 0, 5", "3, 1056, 0, 0"})
  void rowsTogetherAndOneByOne(int m, int n, int between, int betweenResiduals) {
    Random random = new Random(n);
    int k = 5;
    Gemm plan = Gemm.of(S8, Words.tensor(S8, random, k, n),
        stage(n, random).withResidualAdd(S16, S8));
    FixedTensor a = Words.tensor(S8, random, m, k);
    int residualStride = n + betweenResiduals;
    FixedTensor residual = Words.tensor(S16, random, m, residualStride);
    int stride = n + between;
    FixedTensor target = Words.tensor(S8, random, m, stride);
    byte[] expected = Words.bytes(target.segment());
    plan.run(m, new MatrixView(a.segment(), 0, k),
        new MatrixView(residual.segment(), 0, residualStride),
        new MatrixView(target.segment(), 0, stride), Runnable::run, 1);
    FixedTensor row = FixedTensor.allocate(S8, 1, n);
    for (int i = 0; i < m; i++) {
      FixedTensor words = FixedTensor.allocate(S16, 1, n);
      for (int j = 0; j < n; j++) {
        words.setRaw(j, residual.raw((long) i * residualStride + j));
      }
      plan.run(a.slice(i, i + 1), words, row);
      System.arraycopy(Words.bytes(row.segment()), 0, expected, i * stride, n);
    }
    assertThat(Words.bytes(target.segment())).isEqualTo(expected);
  }

  /**
   * Planes whose sums are formed for a part of the channels, and then for the others, as many steps
   * that are each cast need.
   */
  @OneWidth
  @ParameterizedTest
  @CsvSource({"1100, 160", "40, 24"})
  void planesOfPartsOfTheChannels(int channels, int outputs) {
    Random random = new Random(channels);
    ImageShape image = ImageShape.of(2, PIXELS / 2, channels);
    Window window = Window.of(3, 3).withPadding(1, 1);
    FixedTensor weights = FixedTensor.allocate(S8, outputs, channels, 3, 3);
    for (long i = 0; i < weights.size(); i++) {
      weights.setRaw(i, random.nextInt(-128, 128));
    }
    OutputStage stage = stage(outputs, random).withAccumulator(
        new FixedFormat(true, 20, 8, QuantizationMode.AP_RND, OverflowMode.AP_SAT, 0));
    Conv2d pixels = Conv2d.of(S8, weights, image, window, stage);
    Conv2d planes = Conv2d.of(S8, weights, image.withLayout(Layout.NCHW), window, stage);
    FixedTensor a = Words.tensor(S8, random, 1, image.size());
    FixedTensor turned = FixedTensor.allocate(S8, 1, image.size());
    for (int i = 0; i < PIXELS * channels; i++) {
      turned.setRaw((long) i % channels * PIXELS + i / channels, a.raw(i));
    }
    FixedTensor one = FixedTensor.allocate(S16, 1, pixels.output().size());
    FixedTensor other = FixedTensor.allocate(S16, 1, pixels.output().size());
    pixels.run(a, one);
    planes.run(turned, other);
    for (int i = 0; i < PIXELS * outputs; i++) {
      assertThat(other.raw((long) i % outputs * PIXELS + i / outputs)).isEqualTo(one.raw(i));
    }
  }
}
