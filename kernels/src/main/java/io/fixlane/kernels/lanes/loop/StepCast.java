package io.fixlane.kernels.lanes.loop;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.cast.IntegerCast;
import io.fixlane.kernels.lanes.compile.Template;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;

/**
 * The step {@code acc += a * w} of a typed accumulator: the exact sum, cast into the accumulator's
 * format. Recipe of a {@link MicroKernel} that takes the steps one by one.
 *
 * @param cast the cast from the exact sum
 * @param lane what a sum is formed in
 * @param bits the size of a vector
 * @param sumShift how far the accumulator is shifted to align it
 * @param productShift how far a product is shifted to align it
 * @param lanewise whether an activation stands in each lane beside its weight
 * @param terms the terms of K-hot weights that products are shifts and additions of, or 0 for
 *     multiplications
 */
public record StepCast(
    IntegerCast cast, Container lane, int bits, int sumShift, int productShift,
    boolean lanewise, int terms) {
  private static final Template<MicroKernel> VECTORS =
      Template.flattened(MethodHandles.lookup(), VectorSteps.class, MicroKernel.class, "multiply",
          List.of(VectorWords.class, VectorOperation.class, VectorOverflow.class,
              VectorIntegerCast.class, VectorSteps.class),
          Map.of());

  /** The rows of the tile of a micro-kernel of steps; it is one vector wide. */
  public static final int ROWS = 12;

  /**
   * Returns the step of an accumulator.
   *
   * @param product the format of an exact product
   * @param accumulator the accumulator's format
   * @param bits the size of a vector, or 0 for scalar loops
   * @param lanewise whether an activation stands in each lane beside its weight
   * @param terms the terms of K-hot weights, or 0
   * @throws IllegalArgumentException if the exact sum is wider than 64 bits
   */
  public static StepCast of(
      FixedFormat product, FixedFormat accumulator, int bits, boolean lanewise,
      int terms) {
    FixedFormat sum = accumulator.plus(product);
    if (sum.width() > Long.SIZE) {
      throw new IllegalArgumentException("the exact sum of a step is " + sum
          + ": it must have at most 64 bits");
    }
    Container lane =
        bits == 0 || sum.width() > Integer.SIZE || terms > 0 ? Container.LONG : Container.INT;
    // C2 compiles no comparison of two lanes.
    int used = bits / lane.bits() == 2 ? 0 : bits;
    return new StepCast(
        IntegerCast.of(sum, accumulator, lane.bits()), lane, used,
        sum.fractionBits() - accumulator.fractionBits(),
        sum.fractionBits() - product.fractionBits(),
        lanewise, terms);
  }

  /** Returns the size of a lane. */
  public int laneBits() {
    return lane.bits();
  }

  /** Returns the micro-kernel. */
  public MicroKernel kernel() {
    return bits == 0
        ? new ScalarSteps(this, cast.scalar())
        : VECTORS.compile(this);
  }
}
