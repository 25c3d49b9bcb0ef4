package io.fixlane.cli.train;

import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.fixed.Qfx;
import io.fixlane.autograd.fixed.WidthBudget;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.train.Trainer;
import io.fixlane.autograd.train.TrainingListener;
import io.fixlane.autograd.train.TrainingPlan;
import java.util.function.Supplier;

/**
 * Learning of widths in the first epochs of a training; in the last, weights alone are trained for
 * them.
 *
 * @param plan the training
 * @param images how many images an epoch has
 * @param widest the largest W
 */
public record WidthLearning(TrainingPlan plan, int images, int widest) {
  private static final double PART = 0.7;

  /** Returns in how many epochs widths are learned. */
  public int epochs() {
    return Math.max(1, (int) (plan.epochs() * PART));
  }

  /** Returns the widths of a network, for Adam. */
  public ParameterGroup group(Sequential network) {
    long steps = (long) epochs() * Math.ceilDiv(images, plan.batchSize());
    return ParameterGroup.of(Qfx.widths(network), WidthBudget.learningRate(widest, steps))
        .withRange(0, widest);
  }

  /**
   * Holds the widths to a budget in a training; returns what makes integers of them.
   *
   * @param batch the images that the network is settled on
   */
  public TrainingListener hold(WidthBudget budget, Trainer trainer, Supplier<Tensor> batch) {
    trainer.withPenalty(budget::addGradients);
    return TrainingListener.afterEpoch(epochs(), () -> budget.settle(batch.get()));
  }
}
