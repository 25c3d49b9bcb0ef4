package io.fixlane.autograd;

import io.fixlane.shape.Window;

/**
 * The operations on tensors. Each throws a {@link ShapeException} where its inputs do not fit.
 *
 * <p>Where an operation on two tensors goes element by element, the second may also be a single
 * number, or have only the last dimensions of the first, as a number for each channel: it is then
 * repeated, and its gradient is the sum over the repetitions.
 */
public sealed interface Operations permits Tape {
  /** Computes any operation, also one of your own. */
  Tensor apply(Op op, Tensor... inputs);

  /** Computes a + b, element by element. */
  default Tensor add(Tensor a, Tensor b) {
    return apply(new Add(), a, b);
  }

  /** Computes a - b, element by element. */
  default Tensor subtract(Tensor a, Tensor b) {
    return apply(new Subtract(), a, b);
  }

  /** Computes a b, element by element. */
  default Tensor multiply(Tensor a, Tensor b) {
    return apply(new Multiply(), a, b);
  }

  /** Computes a / b, element by element. */
  default Tensor divide(Tensor a, Tensor b) {
    return apply(new Divide(), a, b);
  }

  /** Computes -x. */
  default Tensor negate(Tensor x) {
    return apply(new Negate(), x);
  }

  /** Computes the larger of x and 0; its gradient at 0 is 0. */
  default Tensor relu(Tensor x) {
    return apply(new Relu(), x);
  }

  /**
   * Computes x where it is positive, else slope x.
   *
   * @param slope of negative numbers, finite; the gradient at 0 is the slope
   */
  default Tensor leakyRelu(Tensor x, float slope) {
    return apply(new LeakyRelu(slope), x);
  }

  /** Computes 1 / (1 + e<sup>-x</sup>). */
  default Tensor sigmoid(Tensor x) {
    return apply(new Sigmoid(), x);
  }

  /** Computes the hyperbolic tangent of x. */
  default Tensor tanh(Tensor x) {
    return apply(new Tanh(), x);
  }

  /**
   * Computes +1 where x is not negative, else -1: words of ap_fixed&lt;2,2&gt;.
   *
   * @param reach the gradient passes where x lies in -reach..reach, positive and may be infinite
   */
  default Tensor sign(Tensor x, float reach) {
    return apply(new Sign(reach), x);
  }

  /**
   * Computes the product of two matrices.
   *
   * @param a m x k
   * @param b k x n
   * @return m x n
   */
  default Tensor matmul(Tensor a, Tensor b) {
    return apply(new MatMul(), a, b);
  }

  /**
   * Computes the convolution of images with kernels.
   *
   * @param x images, N x height x width x channels
   * @param kernel window height x window width x channels / groups x outputs
   * @param window how the kernel slides
   * @param groups into how many groups channels and outputs are cut, each output seeing the
   *     channels of its group alone
   * @return images of the outputs
   */
  default Tensor conv2d(Tensor x, Tensor kernel, Window window, int groups) {
    if (groups < 1) {
      throw new IllegalArgumentException("groups is " + groups + ": it must be at least 1");
    }
    return apply(new Conv2d(window, groups), x, kernel);
  }

  /**
   * Computes the convolution of each channel with a kernel of its own.
   *
   * @param x images, N x height x width x channels
   * @param kernel window height x window width x channels
   * @param window how the kernel slides
   * @return images of as many channels
   */
  default Tensor depthwiseConv2d(Tensor x, Tensor kernel, Window window) {
    return apply(new DepthwiseConv2d(window), x, kernel);
  }

  /**
   * Normalises channels, which come last: gamma (x - mean) / sqrt(variance + epsilon) + beta. A
   * training tape takes mean and variance of the batch and updates the running ones; an evaluating
   * tape takes the running ones.
   *
   * @param x any tensor whose last dimension is the channels
   * @param gamma a number for each channel
   * @param beta a number for each channel
   * @param statistics the running statistics
   */
  default Tensor batchNorm(Tensor x, Tensor gamma, Tensor beta, RunningStatistics statistics) {
    return apply(new BatchNorm(statistics), x, gamma, beta);
  }

  /**
   * Computes what normalises a batch, for each channel: scale = gamma / sqrt(variance + epsilon)
   * and shift = beta - mean scale, with mean and variance as {@link #batchNorm} takes them. So
   * {@code x scale + shift} is {@code batchNorm}, and its gradients are the same.
   *
   * @param x any tensor whose last dimension is the channels
   * @param gamma a number for each channel
   * @param beta a number for each channel
   * @param statistics the running statistics
   * @return 2 x channels: the scales, and the shifts
   */
  default Tensor batchScaleAndShift(
      Tensor x, Tensor gamma, Tensor beta, RunningStatistics statistics) {
    return apply(new BatchScaleAndShift(statistics), x, gamma, beta);
  }

  /**
   * Returns a row of a matrix.
   *
   * @param x rows x columns
   * @param index which row, from 0
   */
  default Tensor row(Tensor x, int index) {
    return apply(new Row(index), x);
  }

  /**
   * Computes the largest number under a window, for each channel; padding never wins.
   *
   * @param x images, N x height x width x channels
   * @param window without dilation, padded by less than its size
   */
  default Tensor maxPool2d(Tensor x, Window window) {
    return apply(new MaxPool(window), x);
  }

  /**
   * Computes the mean under a window, for each channel; padding counts as zeros, and what lies
   * beyond it in ceil mode does not count.
   *
   * @param x images, N x height x width x channels
   * @param window without dilation, padded by less than its size
   */
  default Tensor averagePool2d(Tensor x, Window window) {
    return apply(new AveragePool(window), x);
  }

  /**
   * Computes the mean of each channel over its image.
   *
   * @param x images, N x height x width x channels
   * @return N x channels
   */
  default Tensor globalAveragePool(Tensor x) {
    return apply(new GlobalAveragePool(), x);
  }

  /** Gives the same numbers another shape of the same size. */
  default Tensor reshape(Tensor x, int... shape) {
    return apply(new Reshape(shape.clone()), x);
  }

  /** Gives all but the first dimension one dimension: N x the rest. */
  default Tensor flatten(Tensor x) {
    int rows = x.rank() == 0 ? 1 : x.dimension(0);
    return reshape(x, rows, x.size() / rows);
  }

  /** Computes the sum of all numbers. */
  default Tensor sum(Tensor x) {
    return apply(new Mean("Sum", 1), x);
  }

  /** Computes the mean of all numbers. */
  default Tensor mean(Tensor x) {
    return apply(new Mean("Mean", x.size()), x);
  }

  /**
   * Computes the loss of a classification: the mean over rows of -log softmax(logits)[label].
   *
   * @param logits N x classes
   * @param labels the right class of each row, from 0
   */
  default Tensor softmaxCrossEntropy(Tensor logits, int... labels) {
    return softmaxCrossEntropy(logits, 0, labels);
  }

  /**
   * Computes the mean cross entropy of the softmax of rows against targets that are not quite sure:
   * a part of each is spread over all classes.
   *
   * @param logits rows x classes
   * @param smoothing the part, at least 0 and below 1
   * @param labels the class of each row
   * @throws IllegalArgumentException if the smoothing is out of its range
   * @throws ShapeException if the labels do not fit
   */
  default Tensor softmaxCrossEntropy(Tensor logits, float smoothing, int[] labels) {
    return apply(new SoftmaxCrossEntropy(labels.clone(), smoothing), logits);
  }

  /**
   * Computes the same against targets of which a part is what the softmax of a teacher's logits
   * says, which are constants (distillation, Hinton et al., arXiv 1503.02531).
   *
   * @param logits rows x classes
   * @param smoothing the part of the labels that is spread, at least 0 and below 1
   * @param labels the class of each row
   * @param teacher rows x classes
   * @param share the part of the targets that is the teacher's, in 0..1
   * @throws IllegalArgumentException if smoothing or share is out of its range
   * @throws ShapeException if labels or the teacher's logits do not fit
   */
  default Tensor softmaxCrossEntropy(
      Tensor logits, float smoothing, int[] labels, Tensor teacher, float share) {
    return apply(new SoftmaxCrossEntropy(labels.clone(), smoothing, teacher, share), logits);
  }
}
