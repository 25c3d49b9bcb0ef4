package io.fixlane.autograd.train;

/** Hears how training goes. */
public interface TrainingListener {
  /** Hears of a step. */
  default void onStep(Progress progress) {}

  /** Hears of an epoch that is done. */
  default void onEpoch(EpochResult result) {}
}
