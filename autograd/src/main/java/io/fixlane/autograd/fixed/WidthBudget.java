package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.layers.Sequential;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the learned widths of a network within a cost. To the loss comes p (max(0, ln(C / B)))<sup>
 * 2</sup> / 2, where C is the {@link BitCost} by the widths before they are rounded, B the budget
 * and p {@value #PRESSURE}: nothing within the budget, and above it the same pull for the same part
 * too much, whatever the size of the network. It depends on the widths alone, so that training that
 * goes on from a checkpoint needs nothing else.
 *
 * {@snippet class="io.fixlane.autograd.fixed.WidthBudgetExample" region="budget"}
 */
public final class WidthBudget {
  /** How strongly the budget pulls. */
  static final double PRESSURE = 10;

  private static final double MOST_RATE = 0.1;

  private final Sequential network;
  private final BitCost cost;
  private final double budget;
  private final List<FixedCast> casts = new ArrayList<>();

  /**
   * Makes a budget.
   *
   * @param network the network whose widths are learned
   * @param cost its cost
   * @param budget what it may be at most
   * @throws IllegalArgumentException if the budget is less than the narrowest words cost
   */
  public WidthBudget(Sequential network, BitCost cost, double budget) {
    this.network = network;
    this.cost = cost;
    this.budget = budget;
    Set<FixedCast> known = Collections.newSetFromMap(new IdentityHashMap<>());
    for (BitCost.Term term : cost.terms()) {
      for (FixedCast cast : List.of(term.activations(), term.constants())) {
        if (known.add(cast) && cast.learnedWidth() != null) {
          casts.add(cast);
        }
      }
    }
    double least = 0;
    for (BitCost.Term term : cost.terms()) {
      least += term.count() * least(term.activations()) * least(term.constants());
    }
    if (!(budget >= least)) {
      throw new IllegalArgumentException("budget is " + budget
          + ": the narrowest words that may be learned cost " + least);
    }
  }

  /**
   * Returns a learning rate of widths for Adam, which moves a number by about the rate in a step:
   * one with which a width can go twice over its range while it is learned, and no more than a
   * tenth of a bit, as Adam moves on for some steps after the pull has ended.
   *
   * @param widest the largest W
   * @param steps how many steps widths are learned
   */
  public static float learningRate(int widest, long steps) {
    return (float) Math.min(MOST_RATE, 2.0 * widest / Math.max(steps, 1));
  }

  private static double least(FixedCast cast) {
    return cast.learnedWidth() == null ? cast.width(0) : cast.trainable().leastWidth();
  }

  /** Adds the gradients of the widths to those of the loss. */
  public void addGradients() {
    double bits = cost.learnedBits();
    double over = Math.log(bits / budget);
    if (!(over > 0)) {
      return;
    }
    Map<FixedCast, Double> slopes = new IdentityHashMap<>();
    for (BitCost.Term term : cost.terms()) {
      slopes.merge(term.activations(), term.count() * BitCost.learned(term.constants()),
          Double::sum);
      slopes.merge(term.constants(), term.count() * BitCost.learned(term.activations()),
          Double::sum);
    }
    for (FixedCast cast : casts) {
      float[] gradient = gradient(cast);
      double slope = PRESSURE * over / bits * slopes.get(cast) / gradient.length;
      for (int c = 0; c < gradient.length; c++) {
        gradient[c] += (float) slope;
      }
    }
  }

  private static float[] gradient(FixedCast cast) {
    Tensor width = cast.learnedWidth();
    float[] gradient = width == null ? null : width.grad();
    return gradient == null ? new float[1] : gradient;
  }

  /**
   * Makes integers of the widths, so that the budget is used: the next ones above, and as many of
   * them a bit narrower as the budget asks for, those first that were learned nearest to that; then
   * {@linkplain Qfx#settle settles} the network.
   *
   * @param images a batch, as {@link Qfx#settle} takes it
   */
  public void settle(Tensor images) {
    List<float[]> learned = new ArrayList<>();
    for (FixedCast cast : casts) {
      float[] widths = widths(cast);
      learned.add(widths.clone());
      TrainableFormat format = cast.trainable();
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.clamp(
            (int) Math.ceil(widths[c]), format.leastWidth(), format.format().width());
      }
    }
    while (cost.bits() > budget) {
      lowerOne(learned);
    }
    Qfx.settle(network, images);
  }

  /** Takes a bit from the width that was learned nearest to having one less. */
  private void lowerOne(List<float[]> learned) {
    FixedCast lowered = casts.getFirst();
    int channel = 0;
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < casts.size(); i++) {
      FixedCast cast = casts.get(i);
      for (int c = 0; c < cast.channels(); c++) {
        double distance = learned.get(i)[c] - (cast.width(c) - 1);
        if (cast.width(c) > cast.trainable().leastWidth() && distance < nearest) {
          nearest = distance;
          lowered = cast;
          channel = c;
        }
      }
    }
    widths(lowered)[channel]--;
  }

  private static float[] widths(FixedCast cast) {
    Tensor width = cast.learnedWidth();
    return width == null ? new float[0] : width.data();
  }
}
