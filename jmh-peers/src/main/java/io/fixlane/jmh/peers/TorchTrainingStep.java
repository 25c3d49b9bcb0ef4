package io.fixlane.jmh.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.fixlane.jmh.TrainingBatch;
import io.fixlane.jmh.TrainingStepBenchmark.Network;
import io.fixlane.jmh.peers.library.Torch;

/** libtorch's step of training. */
final class TorchTrainingStep implements Peer {
  private final Engine engine;
  private final NDManager manager;
  private final NDArray images;
  private final NDArray target;
  private final TorchParameters parameters;
  private final TorchNetwork network;

  TorchTrainingStep(Network network, boolean fixed, int threads) {
    engine = Torch.engine(threads);
    manager = engine.newBaseManager();
    TrainingBatch batch = TrainingBatch.of(network);
    // The same pixels in another order serve as well: a class is the brightness of its images.
    images = manager.create(batch.pixels(),
        new Shape(TrainingBatch.SIZE, batch.channels(), batch.side(), batch.side()));
    // What the logarithms of probabilities are multiplied by, and then add up to the mean loss.
    target = manager.create(batch.labels()).oneHot(TrainingBatch.CLASSES, DataType.FLOAT32)
        .mul(-1f / TrainingBatch.SIZE);
    parameters = new TorchParameters(manager);
    this.network = new TorchNetwork(network, fixed, parameters);
  }

  /** Takes a step and returns the loss before it. */
  float step() {
    try (NDManager scope = manager.newSubManager()) {
      images.tempAttach(scope);
      parameters.attach(scope);
      float value;
      try (GradientCollector gradients = engine.newGradientCollector()) {
        NDArray loss = network.forward(images).logSoftmax(1).mul(target).sum();
        gradients.backward(loss);
        value = loss.getFloat();
      }
      parameters.update();
      return value;
    }
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
