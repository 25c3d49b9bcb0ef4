package io.fixlane.jmh.peers;

import io.fixlane.jmh.check.ConvCheck;
import io.fixlane.kernels.Conv2d;
import io.fixlane.tensor.FixedTensor;

/** Ours: weights packed beforehand, bias, and the cast to 8 bits. */
final class FixlaneConv implements Peer {
  private static final int WARM_UP_RUNS = 100;

  private final ConvTask task;
  private final Conv2d plan;
  private final FixedTensor results;

  FixlaneConv(ConvTask task) {
    this.task = task;
    this.plan = task.plan();
    this.results = task.results();
    for (int i = 0; i < WARM_UP_RUNS; i++) {
      run();
    }
  }

  @Override
  public void run() {
    plan.run(task.image, results);
  }

  @Override
  public Verdict check() {
    ConvCheck.sample(task.image, task.weights, task.bias, task.sizes, false, results);
    return Verdict.EXACT;
  }
}
