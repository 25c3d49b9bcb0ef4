package io.fixlane.autograd.search;

import java.util.Optional;

/** What keeps the outcomes of a search, so that a later one need not compute them again. */
public interface TrialStore {
  /** Returns the result of a trial that is kept. */
  Optional<TrialResult> find(Trial trial);

  /** Keeps an outcome. */
  void keep(TrialOutcome outcome);
}
