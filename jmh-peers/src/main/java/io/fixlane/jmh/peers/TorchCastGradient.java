package io.fixlane.jmh.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.fixed.FixedCast;
import io.fixlane.autograd.fixed.TrainableFormat;
import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.peers.library.Torch;

/** libtorch's cast with a straight-through gradient, forward and back. */
final class TorchCastGradient implements Peer {
  private final FixedFormat format;
  private final float[] numbers;
  private final Engine engine = Torch.engine(1);
  private final NDManager manager = engine.newBaseManager();
  private final NDArray x;
  private float[] words = {};

  TorchCastGradient(FixedFormat format, float[] numbers) {
    this.format = format;
    this.numbers = numbers;
    x = manager.create(numbers);
    x.setRequiresGradient(true);
  }

  @Override
  public void run() {
    step(false);
  }

  /**
   * The gradient of x adds up from step to step: DJL always has one, and to clear it takes time.
   */
  private void step(boolean keep) {
    try (NDManager scope = manager.newSubManager();
        GradientCollector gradients = engine.newGradientCollector()) {
      x.tempAttach(scope);
      NDArray q = Torch.fakeQuantize(x, format.integerBits());
      gradients.backward(q);
      if (keep) {
        words = q.toFloatArray();
      }
    }
  }

  /** Checks both against our cast. */
  @Override
  public Verdict check() {
    NDArray gradient = x.getGradient();
    gradient.muli(0);
    step(true);
    Tape tape = Tape.training(Workers.SINGLE);
    Tensor ours = Tensor.parameter(numbers.clone(), numbers.length);
    Tensor q = new FixedCast(TrainableFormat.pinned(format)).forward(tape, ours);
    Verdict cast = Verdict.of(q.data(), words);
    tape.backward(tape.mean(q));
    float[] mask = ours.grad().clone();
    for (int i = 0; i < mask.length; i++) {
      mask[i] *= mask.length;
    }
    return cast.and(Verdict.of(mask, gradient.toFloatArray()));
  }

  @Override
  public void close() {
    manager.close();
  }
}
