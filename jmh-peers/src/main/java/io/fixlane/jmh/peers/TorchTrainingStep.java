package io.fixlane.jmh.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.GradientCollector;
import io.fixlane.jmh.TrainingBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * libtorch's step of training, with images of channels x height x width. With fixed-point casts,
 * those of 8 bits are on the images, the weights of the three layers and what the two ReLUs give:
 * fewer than ours, which also cast what convolutions, normalisations and pooling give.
 */
final class TorchTrainingStep implements Peer {
  private static final float RATE = 0.05f;
  private static final float MOMENTUM = 0.9f;
  private static final float STATISTICS_MOMENTUM = 0.1f;
  private static final float EPSILON = 1e-5f;
  private static final int FEATURES = 16;

  /** The parameters and statistics of a batch normalisation. */
  private record Norm(NDArray scale, NDArray shift, NDArray mean, NDArray variance) {
    NDArray forward(NDArray x) {
      return BatchNorm.batchNorm(x, mean, variance, scale, shift, 1, STATISTICS_MOMENTUM, EPSILON,
          true).singletonOrThrow();
    }
  }

  private final boolean fixed;
  private final Engine engine;
  private final NDManager manager;
  private final SplittableRandom random = new SplittableRandom(1);
  private final List<NDArray> parameters = new ArrayList<>();
  private final List<NDArray> momenta = new ArrayList<>();
  private final NDArray images;
  private final NDArray target;
  private final NDArray kernel1;
  private final NDArray kernel2;
  private final NDArray weights;
  private final NDArray bias;
  private final Norm norm1;
  private final Norm norm2;

  TorchTrainingStep(boolean fixed, int threads) {
    this.fixed = fixed;
    engine = Torch.engine(threads);
    manager = engine.newBaseManager();
    TrainingBatch batch = TrainingBatch.make();
    images = manager.create(batch.pixels(),
        new Shape(TrainingBatch.SIZE, 1, TrainingBatch.SIDE, TrainingBatch.SIDE));
    // What the logarithms of probabilities are multiplied by, and then add up to the mean loss.
    target = manager.create(batch.labels()).oneHot(TrainingBatch.CLASSES, DataType.FLOAT32)
        .mul(-1f / TrainingBatch.SIZE);
    kernel1 = normal(FEATURES, 1, 3, 3);
    norm1 = norm(FEATURES);
    kernel2 = normal(2 * FEATURES, FEATURES, 3, 3);
    norm2 = norm(2 * FEATURES);
    weights = normal(TrainingBatch.CLASSES, 2 * FEATURES);
    bias = parameter(manager.zeros(new Shape(TrainingBatch.CLASSES)));
  }

  private NDArray parameter(NDArray values) {
    values.setRequiresGradient(true);
    parameters.add(values);
    momenta.add(manager.zeros(values.getShape()));
    return values;
  }

  /** Returns random weights, the variance of which is 2 through the number of inputs. */
  private NDArray normal(long... shape) {
    Shape sizes = new Shape(shape);
    double deviation = Math.sqrt(2.0 * shape[0] / sizes.size());
    float[] values = new float[Math.toIntExact(sizes.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian(0, deviation);
    }
    return parameter(manager.create(values, sizes));
  }

  private Norm norm(int channels) {
    Shape shape = new Shape(channels);
    return new Norm(parameter(manager.ones(shape)), parameter(manager.zeros(shape)),
        manager.zeros(shape), manager.ones(shape));
  }

  /** Takes a step and returns the loss before it. */
  float step() {
    try (NDManager scope = manager.newSubManager()) {
      images.tempAttach(scope);
      parameters.forEach(parameter -> parameter.tempAttach(scope));
      float value;
      try (GradientCollector gradients = engine.newGradientCollector()) {
        NDArray loss = forward().logSoftmax(1).mul(target).sum();
        gradients.backward(loss);
        value = loss.getFloat();
      }
      for (int i = 0; i < parameters.size(); i++) {
        update(parameters.get(i), momenta.get(i));
      }
      return value;
    }
  }

  private NDArray forward() {
    NDArray x = convolve(cast(images, 5), cast(kernel1, 2), 1);
    x = cast(norm1.forward(x).getNDArrayInternal().relu(), 4);
    x = convolve(x, cast(kernel2, 1), 2);
    x = cast(norm2.forward(x).getNDArrayInternal().relu(), 4);
    x = x.reshape(TrainingBatch.SIZE, 2 * FEATURES, -1).mean(new int[] {2});
    return Linear.linear(x, cast(weights, 1), bias).singletonOrThrow();
  }

  private NDArray cast(NDArray x, int integerBits) {
    return fixed ? Torch.fakeQuantize(x, integerBits) : x;
  }

  private static NDArray convolve(NDArray x, NDArray kernel, int stride) {
    return x.getNDArrayInternal().convolution(x, kernel, null, new Shape(stride, stride),
        new Shape(1, 1), new Shape(1, 1), 1).singletonOrThrow();
  }

  /** Takes a step down the gradient, and clears it. */
  private static void update(NDArray parameter, NDArray momentum) {
    parameter.getNDArrayInternal().sgdUpdate(
        new NDList(parameter, parameter.getGradient(), momentum), new NDList(parameter), RATE, 0,
        1, -1, MOMENTUM, false);
  }

  @Override
  public void run() {
    step();
  }

  @Override
  public Verdict check() {
    TrainingBatch.check(this::step);
    return Verdict.EXACT;
  }

  @Override
  public void close() {
    manager.close();
  }
}
