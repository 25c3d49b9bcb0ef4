package io.fixlane.jmh.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.BatchNorm;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What libtorch trains: parameters, and what SGD remembers of each. */
final class TorchParameters {
  private static final float RATE = 0.05f;
  private static final float MOMENTUM = 0.9f;
  private static final float STATISTICS_MOMENTUM = 0.1f;
  private static final float EPSILON = 1e-5f;

  private final NDManager manager;
  private final SplittableRandom random = new SplittableRandom(1);
  private final List<NDArray> parameters = new ArrayList<>();
  private final List<NDArray> momenta = new ArrayList<>();

  TorchParameters(NDManager manager) {
    this.manager = manager;
  }

  /** The parameters and statistics of a batch normalisation. */
  record Norm(NDArray scale, NDArray shift, NDArray mean, NDArray variance) {
    NDArray forward(NDArray x) {
      return BatchNorm.batchNorm(x, mean, variance, scale, shift, 1, STATISTICS_MOMENTUM, EPSILON,
          true).singletonOrThrow();
    }
  }

  private NDArray parameter(NDArray values) {
    values.setRequiresGradient(true);
    parameters.add(values);
    momenta.add(manager.zeros(values.getShape()));
    return values;
  }

  /** Returns random weights, the variance of which is 2 through the number of inputs. */
  NDArray normal(long... shape) {
    Shape sizes = new Shape(shape);
    double deviation = Math.sqrt(2.0 * shape[0] / sizes.size());
    float[] values = new float[Math.toIntExact(sizes.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian(0, deviation);
    }
    return parameter(manager.create(values, sizes));
  }

  NDArray zeros(int count) {
    return parameter(manager.zeros(new Shape(count)));
  }

  Norm norm(int channels) {
    Shape shape = new Shape(channels);
    return new Norm(parameter(manager.ones(shape)), parameter(manager.zeros(shape)),
        manager.zeros(shape), manager.ones(shape));
  }

  /** Lends the parameters to a manager that computes with them. */
  void attach(NDManager scope) {
    parameters.forEach(parameter -> parameter.tempAttach(scope));
  }

  /** Takes a step down the gradients, and clears them. */
  void update() {
    for (int i = 0; i < parameters.size(); i++) {
      NDArray parameter = parameters.get(i);
      parameter.getNDArrayInternal().sgdUpdate(
          new NDList(parameter, parameter.getGradient(), momenta.get(i)), new NDList(parameter),
          RATE, 0, 1, -1, MOMENTUM, false);
    }
  }
}
