package io.fixlane.cli.search;

import io.fixlane.autograd.search.Ground;
import io.fixlane.autograd.search.ThreadRunner;
import io.fixlane.autograd.search.TrialRunner;
import io.fixlane.autograd.search.TrialService;
import io.fixlane.cli.console.Failure;
import io.fixlane.cli.console.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** Where trials are computed. */
final class Places {
  private static final String SPARK = "spark";

  private Places() {}

  /** Returns what computes trials in this process. */
  static TrialRunner here(Ground ground, int threads, Path checkpoints) {
    return new ThreadRunner(ground, threads, checkpoints);
  }

  /**
   * Requires the module that computes trials on Spark.
   *
   * @param master as {@code --spark} names it
   * @throws UserError if it is not there
   */
  static TrialService spark(String master) {
    return ServiceLoader.load(TrialService.class).stream().map(ServiceLoader.Provider::get)
        .filter(service -> service.name().equals(SPARK)).findFirst()
        .orElseThrow(() -> new UserError("--spark is " + master + ": Fixlane's module spark is not"
            + " on the class path: fixlane-spark and Spark's own jars must be; without --spark "
            + "the search runs here"));
  }

  /**
   * Returns what computes trials there.
   *
   * @throws UserError if there is no such place
   */
  static TrialRunner on(TrialService service, String master, Ground ground) {
    try {
      return service.open(master, ground);
    } catch (IOException e) {
      throw new UserError("--spark is " + master + ": " + Failure.reason(e), e);
    }
  }
}
