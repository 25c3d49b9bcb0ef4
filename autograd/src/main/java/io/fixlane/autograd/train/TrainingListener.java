package io.fixlane.autograd.train;

/** Hears how training goes. */
public interface TrainingListener {
  /** Hears of a step. */
  default void onStep(Progress progress) {}

  /** Hears of an epoch that is done. */
  default void onEpoch(EpochResult result) {}

  /** Returns a listener that acts once, after an epoch. */
  static TrainingListener afterEpoch(int epoch, Runnable action) {
    return new TrainingListener() {
      @Override
      public void onEpoch(EpochResult result) {
        if (result.epoch() == epoch) {
          action.run();
        }
      }
    };
  }
}
