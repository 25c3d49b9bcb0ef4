package io.fixlane.jmh.peers;

import io.fixlane.jmh.TrainingStepBenchmark;

/** Ours: the benchmark of a step of training, which checks itself. */
final class FixlaneTrainingStep implements Peer {
  private final TrainingStepBenchmark benchmark = new TrainingStepBenchmark();

  FixlaneTrainingStep(TrainingStepBenchmark.Network network,
      TrainingStepBenchmark.Arithmetic arithmetic, int threads) {
    benchmark.network = network;
    benchmark.arithmetic = arithmetic;
    benchmark.threads = threads;
    benchmark.setup();
  }

  @Override
  public void run() {
    benchmark.step();
  }

  @Override
  public Verdict check() {
    return Verdict.EXACT;
  }

  @Override
  public void close() {
    benchmark.close();
  }
}
