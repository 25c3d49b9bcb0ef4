package io.fixlane.kernels.tiles.plan;

import io.fixlane.format.FixedFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the planner decided about the sums of a product.
 *
 * @param plan how they are formed, or null where they do not fit in 64 bits and are formed one by
 *     one
 * @param sums the format of the sums; exact for all activations, or modulo its width
 * @param lateBias whether the bias is still to be added: it has bits below those of the products
 * @param wraps whether the sums are still to be cast into the accumulator's format
 * @param bound what the sums can be
 * @param chosen why sums are formed so
 * @param refused what else there is, and why not that
 */
public record SumChoice(
    @Nullable SumPlan plan, FixedFormat sums, boolean lateBias, boolean wraps, String bound,
    String chosen, List<Fact> refused) {

  /** Returns whether steps are taken one by one, in order. */
  public boolean stepByStep() {
    return plan == null || plan.steps() != null;
  }
}
