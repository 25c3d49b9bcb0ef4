package io.fixlane.jmh.peers;

import io.fixlane.jmh.check.GemmCheck;
import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.OutputStage;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.ValueLayout;

/** Ours: weights packed beforehand, bias, and the cast to 8 bits. */
final class FixlaneGemm implements Peer {
  private static final int WARM_UP_RUNS = 1_000;
  private static final int WARM_UP_ROWS = 12;
  private static final int WARM_UP_K = 64;

  private final GemmTask task;
  private final Gemm plan;
  private final FixedTensor results;

  FixlaneGemm(GemmTask task) {
    this.task = task;
    this.plan = Gemm.of(task.activation, task.weights,
        OutputStage.to(GemmTask.OUTPUT).withBias(task.bias));
    this.results = FixedTensor.allocate(GemmTask.OUTPUT, task.m, task.n);
    warm();
  }

  /** Runs the kernels until they are compiled, on less than all rows and steps. */
  private void warm() {
    int rows = Math.min(task.m, WARM_UP_ROWS);
    GemmTask small =
        new GemmTask(task.signed(), rows + "x" + Math.min(task.k, WARM_UP_K) + "x" + task.n);
    Gemm warmed = Gemm.of(small.activation, small.weights,
        OutputStage.to(GemmTask.OUTPUT).withBias(small.bias));
    FixedTensor unused = FixedTensor.allocate(GemmTask.OUTPUT, small.m, small.n);
    for (int i = 0; i < WARM_UP_RUNS; i++) {
      warmed.run(small.a, unused);
    }
  }

  @Override
  public void run() {
    plan.run(task.a, results);
  }

  /** Checks a sample against the reference, and all words against what peers must give. */
  @Override
  public Verdict check() {
    GemmCheck.sample(task.a, task.weights, task.bias, null, false, results);
    return Verdict.of(task.biasedWords(), results.segment().toArray(ValueLayout.JAVA_BYTE))
        .ofOurs();
  }
}
