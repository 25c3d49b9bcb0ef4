package io.fixlane.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.autograd.DoubleOps.Images;
import io.fixlane.autograd.arrays.Shapes;
import io.fixlane.shape.Window;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;

/** Values and gradients of the operations that networks are made of, over their shapes. */
class NetworkGradientTest {
  @Property(tries = 40)
  void matmul(@ForAll @IntRange(min = 1, max = 33) int rows,
      @ForAll @IntRange(min = 1, max = 9) int depth,
      @ForAll @IntRange(min = 1, max = 9) int columns, @ForAll long seed) {
    Random random = new Random(seed);
    GradientCheck.check(
        (tape, in) -> tape.matmul(in[0], in[1]),
        in -> DoubleOps.matmul(in[0], in[1], rows, depth, columns),
        GradientCheck.random(random, rows, depth), GradientCheck.random(random, depth, columns));
  }

  private static int[] images(Random random, int channels) {
    return new int[] {
      1 + random.nextInt(3), 1 + random.nextInt(5), 1 + random.nextInt(5), channels};
  }

  @Property(tries = 80)
  void conv2d(
      @ForAll @IntRange(min = 1, max = 3) int groups, @ForAll @IntRange(min = 1, max = 6) int depth,
      @ForAll @IntRange(min = 1, max = 2) int outputs, @ForAll Random random) {
    int[] shape = images(random, groups * depth);
    Window window = RandomWindows.convolution(random, shape[1], shape[2]);
    GradientCheck.check(
        (tape, in) -> tape.conv2d(in[0], in[1], window, groups),
        in -> DoubleOps
            .conv2d(new Images(in[0], shape), in[1], window, groups, groups * outputs),
        GradientCheck.random(random, shape), GradientCheck.random(
            random, window.kernelHeight(), window.kernelWidth(), depth, groups * outputs));
  }

  @Property(tries = 60)
  void depthwiseConv2d(
      @ForAll @IntRange(min = 1, max = 4) int channels, @ForAll Random random) {
    int[] shape = images(random, channels);
    Window window = RandomWindows.convolution(random, shape[1], shape[2]);
    GradientCheck.check(
        (tape, in) -> tape.depthwiseConv2d(in[0], in[1], window),
        in -> DoubleOps.conv2d(new Images(in[0], shape), in[1], window, channels, channels),
        GradientCheck.random(random, shape),
        GradientCheck.random(random, window.kernelHeight(), window.kernelWidth(), channels));
  }

  @Property(tries = 60)
  void pooling(@ForAll @IntRange(min = 1, max = 4) int channels, @ForAll Random random) {
    int[] shape = images(random, channels);
    Window window = RandomWindows.pooling(random, shape[1], shape[2]);
    Tensor x = Tensor.parameter(GradientCheck.apart(random, Shapes.size(shape)), shape);
    GradientCheck.check(
        (tape, in) -> tape.maxPool2d(in[0], window),
        in -> DoubleOps.maxPool(new Images(in[0], shape), window), x);
    GradientCheck.check(
        (tape, in) -> tape.averagePool2d(in[0], window),
        in -> DoubleOps.averagePool(new Images(in[0], shape), window), x);
    GradientCheck.check(
        (tape, in) -> tape.globalAveragePool(in[0]),
        in -> DoubleOps.globalAveragePool(new Images(in[0], shape)), x);
  }

  @Property(tries = 40)
  void batchNormInTraining(@ForAll @IntRange(min = 2, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 5) int channels, @ForAll long seed) {
    Random random = new Random(seed);
    GradientCheck.check(
        (tape, in) -> tape.batchNorm(
            in[0], in[1], in[2], new RunningStatistics(channels, 0.1f, 1e-2f)),
        in -> DoubleOps.batchNorm(in[0], in[1], in[2], 1e-2f),
        GradientCheck.random(random, rows, channels), GradientCheck.random(random, channels),
        GradientCheck.random(random, channels));
  }

  /** Applied to the batch, its scale and shift are its normalisation. */
  @Property(tries = 40)
  void batchScaleAndShiftInTraining(@ForAll @IntRange(min = 2, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 5) int channels, @ForAll long seed) {
    Random random = new Random(seed);
    GradientCheck.check(
        (tape, in) -> {
          Tensor both = tape.batchScaleAndShift(
              in[0], in[1], in[2], new RunningStatistics(channels, 0.1f, 1e-2f));
          return tape.add(tape.multiply(in[0], tape.row(both, 0)), tape.row(both, 1));
        },
        in -> DoubleOps.batchNorm(in[0], in[1], in[2], 1e-2f),
        GradientCheck.random(random, rows, channels), GradientCheck.random(random, channels),
        GradientCheck.random(random, channels));
  }

  @Example
  void batchNormLearnsStatisticsAndEvaluatesWithThem() {
    RunningStatistics statistics = new RunningStatistics(2, 0.5f, 1e-5f);
    Tensor gamma = Tensor.parameter(new float[] {2, 1}, 2);
    Tensor beta = Tensor.parameter(new float[] {1, 0}, 2);
    Tensor x = Tensor.of(new float[] {1, 10, 3, 10, 5, 10}, 3, 2);
    Tape.training(Workers.SINGLE).batchNorm(x, gamma, beta, statistics);
    // Means 3 and 10, unbiased variances 4 and 0, half of each and half of the 0 and 1 before.
    assertThat(statistics.mean()).containsExactly(1.5f, 5);
    assertThat(statistics.variance()).containsExactly(2.5f, 0.5f);
    float[] y = Tape.evaluating(Workers.SINGLE).batchNorm(x, gamma, beta, statistics).data();
    assertThat(y[0]).isEqualTo((float) (2 * (1 - 1.5) / Math.sqrt(2.5 + 1e-5f) + 1));
    assertThat(y[1]).isEqualTo((float) ((10 - 5) / Math.sqrt(0.5 + 1e-5f)));
    assertThat(statistics.mean()).containsExactly(1.5f, 5);
  }

  @Property(tries = 40)
  void softmaxCrossEntropy(@ForAll @IntRange(min = 1, max = 6) int rows,
      @ForAll @IntRange(min = 1, max = 6) int classes, @ForAll long seed) {
    Random random = new Random(seed);
    int[] labels = random.ints(rows, 0, classes).toArray();
    GradientCheck.check(
        (tape, in) -> tape.softmaxCrossEntropy(in[0], labels),
        in -> DoubleOps.softmaxCrossEntropy(in[0], 0, labels),
        GradientCheck.random(random, rows, classes));
  }

  @Property(tries = 40)
  void smoothedSoftmaxCrossEntropy(@ForAll @IntRange(min = 1, max = 6) int rows,
      @ForAll @IntRange(min = 1, max = 6) int classes,
      @ForAll @FloatRange(max = 0.9f) float smoothing, @ForAll long seed) {
    Random random = new Random(seed);
    int[] labels = random.ints(rows, 0, classes).toArray();
    GradientCheck.check(
        (tape, in) -> tape.softmaxCrossEntropy(in[0], smoothing, labels),
        in -> DoubleOps.softmaxCrossEntropy(in[0], smoothing, labels),
        GradientCheck.random(random, rows, classes));
  }

  @Property(tries = 40)
  void taughtSoftmaxCrossEntropy(@ForAll @IntRange(min = 1, max = 6) int rows,
      @ForAll @IntRange(min = 1, max = 6) int classes,
      @ForAll @FloatRange(max = 0.9f) float smoothing,
      @ForAll @FloatRange(max = 1) float share, @ForAll long seed) {
    Random random = new Random(seed);
    int[] labels = random.ints(rows, 0, classes).toArray();
    float[] said = GradientCheck.random(random, rows, classes).data();
    double[] doubles = IntStream.range(0, said.length).mapToDouble(i -> said[i]).toArray();
    GradientCheck.check(
        (tape, in) -> tape.softmaxCrossEntropy(
            in[0], smoothing, labels, Tensor.of(said, rows, classes), share),
        in -> DoubleOps.softmaxCrossEntropy(in[0], smoothing, labels, doubles, share),
        GradientCheck.random(random, rows, classes));
  }

  @Example
  void aTeacherSpeaksOfTheSameRows() {
    Tape tape = Tape.training(Workers.SINGLE);
    Tensor logits = Tensor.of(new float[2], 1, 2);
    assertThatThrownBy(() -> tape.softmaxCrossEntropy(
        logits, 0, new int[1], Tensor.of(new float[3], 1, 3), 1))
        .hasMessageContaining("the teacher's logits [1, 3] must have the same shape");
    assertThatThrownBy(() -> tape.softmaxCrossEntropy(logits, 0, new int[1], logits, -1))
        .hasMessage("share is -1.0: it must be in 0..1");
  }

  @Example
  void smoothingIsAPart() {
    Tape tape = Tape.training(Workers.SINGLE);
    assertThatThrownBy(
        () -> tape.softmaxCrossEntropy(Tensor.of(new float[2], 1, 2), 1, new int[1]))
        .hasMessage("smoothing is 1.0: it must be at least 0 and below 1");
  }

  @Example
  void softmaxCrossEntropyOfLargeLogitsIsFinite() {
    Tensor logits = Tensor.parameter(new float[] {3e38f, -3e38f, 0, 1000, 1000, -1000}, 2, 3);
    Tape tape = Tape.training(Workers.SINGLE);
    Tensor loss = tape.softmaxCrossEntropy(logits, 0, 1);
    assertThat(loss.item()).isEqualTo((float) (Math.log(2) / 2));
    tape.backward(loss);
    assertThat(logits.grad()).containsExactly(0, 0, 0, 0.25f, -0.25f, 0);
  }
}
