package io.fixlane.autograd.optim;

/** How the learning rates change while training goes on. */
public sealed interface Schedule {
  /**
   * Returns what learning rates are multiplied by.
   *
   * @param epoch how many epochs have gone, with their fraction
   * @param epochs how many there will be
   */
  double factor(double epoch, int epochs);

  /** Learning rates that stay as they are. */
  record Constant() implements Schedule {
    @Override
    public double factor(double epoch, int epochs) {
      return 1;
    }
  }

  /**
   * From 0 linearly to 1 in the first epochs, then along half a cosine down to 0 at the end.
   *
   * @param warmup how many epochs the rise takes; 0 for none
   */
  record Cosine(double warmup) implements Schedule {
    /**
     * Makes the schedule.
     *
     * @throws IllegalArgumentException if the warm-up is negative
     */
    public Cosine {
      if (!(warmup >= 0)) {
        throw new IllegalArgumentException("warmup is " + warmup + ": it must be at least 0");
      }
    }

    @Override
    public double factor(double epoch, int epochs) {
      if (epoch < warmup) {
        return epoch / warmup;
      }
      // StrictMath: the same bits on every machine.
      return (1 + StrictMath.cos(Math.PI * (epoch - warmup) / Math.max(epochs - warmup, 1))) / 2;
    }
  }

  /**
   * Learning rates that are multiplied by the same number after each so many epochs.
   *
   * @param every how many epochs, at least 1
   * @param by the number, positive
   */
  record Step(int every, double by) implements Schedule {
    /**
     * Makes the schedule.
     *
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public Step {
      if (every < 1) {
        throw new IllegalArgumentException("every is " + every + ": it must be at least 1");
      }
      if (!(by > 0)) {
        throw new IllegalArgumentException("by is " + by + ": it must be positive");
      }
    }

    @Override
    public double factor(double epoch, int epochs) {
      return StrictMath.pow(by, Math.floor(epoch / every));
    }
  }
}
