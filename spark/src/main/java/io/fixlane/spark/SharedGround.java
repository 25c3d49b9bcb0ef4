package io.fixlane.spark;

import io.fixlane.autograd.search.Ground;
import io.fixlane.autograd.search.TrialRun;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What trials stand on as it is broadcast: unpacked once in each JVM. */
final class SharedGround implements Serializable {
  private static final long serialVersionUID = 1;

  private final Ground ground;
  private transient @Nullable TrialRun run;

  SharedGround(Ground ground) {
    this.ground = ground;
  }

  /** Returns what computes trials, the same in the whole JVM. */
  synchronized TrialRun run() {
    if (run == null) {
      run = new TrialRun(ground);
    }
    return run;
  }
}
