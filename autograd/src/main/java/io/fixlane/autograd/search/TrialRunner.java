package io.fixlane.autograd.search;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** What computes trials, wherever it does. No result depends on it. */
public interface TrialRunner extends AutoCloseable {
  /**
   * Computes trials in any order, and returns when all are done.
   *
   * @param trials what is computed, each once
   * @param keep is given each outcome as soon as there is one, one at a time
   * @throws IOException if a trial cannot be computed for want of a file, or of what computes
   * @throws InterruptedException if the calling thread is interrupted; trials under way are lost
   */
  void run(List<Trial> trials, Consumer<TrialOutcome> keep)
      throws IOException, InterruptedException;

  /** Gives back what it computes with. */
  @Override
  void close();
}
