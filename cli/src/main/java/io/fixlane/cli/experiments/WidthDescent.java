package io.fixlane.cli.experiments;

import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.fixed.Qfx;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.train.EpochResult;
import io.fixlane.autograd.train.Progress;
import io.fixlane.autograd.train.TrainingListener;
import java.util.Arrays;
import java.util.Collection;

/**
 * Takes all widths of a network down bit by bit while it is trained, each W for as many steps: the
 * widest from the first step on, the narrowest as the last.
 */
final class WidthDescent implements TrainingListener {
  private final Collection<Tensor> widths;
  private final int widest;
  private final int narrowest;
  private final int epochs;
  private final TrainingListener next;

  /**
   * Makes the descent.
   *
   * @param network its widths can be learned, and no optimizer has them
   * @param widest the first W
   * @param narrowest the last
   * @param epochs how many the descent takes, from the first on
   * @param next hears of each step and epoch after it
   */
  WidthDescent(
      Sequential network, int widest, int narrowest, int epochs, TrainingListener next) {
    this.widths = Qfx.widths(network).values();
    this.widest = widest;
    this.narrowest = narrowest;
    this.epochs = epochs;
    this.next = next;
  }

  @Override
  public void onStep(Progress progress) {
    long steps = (long) epochs * progress.batches();
    long done = (long) (progress.epoch() - 1) * progress.batches() + progress.batch();
    long lower = done * (widest - narrowest + 1) / steps;
    float width = Math.max(narrowest, widest - lower);
    widths.forEach(one -> Arrays.fill(one.data(), width));
    next.onStep(progress);
  }

  @Override
  public void onEpoch(EpochResult result) {
    next.onEpoch(result);
  }
}
