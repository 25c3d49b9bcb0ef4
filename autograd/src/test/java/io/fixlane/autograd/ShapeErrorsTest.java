package io.fixlane.autograd;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.autograd.arrays.Shapes;
import io.fixlane.shape.Window;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Tensors that do not fit: the message names the operation, the shapes and the rule. */
class ShapeErrorsTest {
  private final Tape tape = Tape.evaluating(Workers.SINGLE);

  private static Tensor zeros(int... shape) {
    return Tensor.of(new float[Shapes.size(shape)], shape);
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(ShapeException.class).hasMessage(message);
  }

  @Test
  void elementwise() {
    assertRefused(
        () -> tape.add(zeros(2, 3), zeros(2)),
        "Add of [2, 3] and [2]: the second must have the shape of the first, its last dimensions,"
            + " or one number");
    assertRefused(
        () -> tape.multiply(zeros(3), zeros(2, 3)),
        "Multiply of [3] and [2, 3]: the second must have the shape of the first, its last"
            + " dimensions, or one number");
  }

  @Test
  void matmul() {
    assertRefused(
        () -> tape.matmul(zeros(2, 3), zeros(2, 3)),
        "MatMul of [2, 3] and [2, 3]: the first must have as many columns as the second has rows");
    assertRefused(
        () -> tape.matmul(zeros(2, 3), zeros(3)),
        "MatMul of [2, 3] and [3]: it takes two matrices");
  }

  @Test
  void theLayerIsNamed() {
    assertRefused(
        () -> tape.within("head", () -> tape.matmul(zeros(1, 1), zeros(2, 1))),
        "layer head: MatMul of [1, 1] and [2, 1]: the first must have as many columns as the second"
            + " has rows");
  }

  @Test
  void conv2d() {
    Tensor x = zeros(1, 4, 4, 3);
    Window window = Window.of(3, 3);
    assertRefused(
        () -> tape.conv2d(zeros(4, 4, 3), zeros(3, 3, 3, 8), window, 1),
        "Conv2d of [4, 4, 3] and [3, 3, 3, 8]: the first must be images, N x height x width x"
            + " channels");
    assertRefused(
        () -> tape.conv2d(x, zeros(3, 3, 2, 8), window, 1),
        "Conv2d of [1, 4, 4, 3] and [3, 3, 2, 8]: with 1 groups, the images must have 1 times the"
            + " kernel's channels");
    assertRefused(
        () -> tape.conv2d(x, zeros(3, 3, 1, 8), window, 3),
        "Conv2d of [1, 4, 4, 3] and [3, 3, 1, 8]: the kernel's outputs must be a multiple of the 3"
            + " groups");
    assertRefused(
        () -> tape.conv2d(x, zeros(2, 3, 3, 8), window, 1),
        "Conv2d of [1, 4, 4, 3] and [2, 3, 3, 8]: the kernel must have the window's 3 x 3");
    assertRefused(
        () -> tape.conv2d(x, zeros(3, 3, 3, 8), window.withDilation(2, 2), 1),
        "Conv2d of [1, 4, 4, 3] and [3, 3, 3, 8]: the kernel spans 5 rows: it must fit in the"
            + " padded image, which has 4");
    assertRefused(
        () -> tape.depthwiseConv2d(x, zeros(3, 3, 2), window),
        "DepthwiseConv2d of [1, 4, 4, 3] and [3, 3, 2]: the kernel must have as many channels as"
            + " the images");
  }

  @Test
  void pooling() {
    assertRefused(
        () -> tape.maxPool2d(zeros(1, 4, 4, 3), Window.of(2, 2).withPadding(2, 2)),
        "MaxPool of [1, 4, 4, 3]: paddingTop is 2: it must be smaller than kernelHeight, 2, in a"
            + " pooling");
    assertRefused(
        () -> tape.averagePool2d(zeros(1, 4, 4, 3), Window.of(2, 2).withDilation(1, 2)),
        "AveragePool of [1, 4, 4, 3]: the window is 2 x 2, dilation 1 x 2: pooling takes no"
            + " dilation");
    assertRefused(
        () -> tape.globalAveragePool(zeros(4)),
        "GlobalAveragePool of [4]: it takes images, N x height x width x channels");
  }

  @Test
  void batchNorm() {
    RunningStatistics statistics = new RunningStatistics(3, 0.1f, 1e-5f);
    assertRefused(
        () -> tape.batchNorm(zeros(2, 4), zeros(3), zeros(3), statistics),
        "BatchNorm of [2, 4] and [3] and [3]: the last dimension, gamma and beta must have 3"
            + " channels");
  }

  @Test
  void reshapeAndLoss() {
    assertRefused(
        () -> tape.reshape(zeros(2, 3), 4),
        "Reshape of [2, 3]: the shape [4] must hold as many numbers");
    assertRefused(
        () -> tape.softmaxCrossEntropy(zeros(2, 3), 0),
        "SoftmaxCrossEntropy of [2, 3]: there are 1 labels, and there must be one for each row");
    assertRefused(
        () -> tape.softmaxCrossEntropy(zeros(2, 3), 0, 3),
        "SoftmaxCrossEntropy of [2, 3]: label 3 must be in 0..2");
  }

  @Test
  void tensorsAndArguments() {
    assertThatThrownBy(() -> Tensor.of(new float[5], 2, 3))
        .hasMessage("data has 5 numbers: shape [2, 3] holds 6");
    assertThatThrownBy(() -> Tensor.of(new float[0], 0))
        .hasMessage("shape is [0]: a dimension must be at least 1");
    assertThatThrownBy(() -> Tensor.of(new float[0], 65536, 65536))
        .hasMessage("shape is [65536, 65536]: it must hold at most 2147483639 numbers");
    assertThatThrownBy(() -> tape.leakyRelu(zeros(1), Float.NaN))
        .hasMessage("slope is NaN: it must be a finite number");
    assertThatThrownBy(() -> Workers.of(0)).hasMessage("threads is 0: it must be in 1..1024");
    assertThatThrownBy(() -> new RunningStatistics(1, 0, 1))
        .hasMessage("momentum is 0.0: it must be in (0, 1]");
  }
}
