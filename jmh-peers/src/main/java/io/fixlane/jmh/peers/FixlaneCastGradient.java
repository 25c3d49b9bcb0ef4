package io.fixlane.jmh.peers;

import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.CastGradientBenchmark;

/** Ours: the benchmark of the cast and its gradient, which checks itself. */
final class FixlaneCastGradient implements Peer {
  private final CastGradientBenchmark benchmark = new CastGradientBenchmark();

  FixlaneCastGradient(FixedFormat format) {
    benchmark.format = format.toString();
    benchmark.setup();
  }

  @Override
  public void run() {
    benchmark.forwardAndBackward();
  }

  @Override
  public Verdict check() {
    return Verdict.EXACT;
  }
}
