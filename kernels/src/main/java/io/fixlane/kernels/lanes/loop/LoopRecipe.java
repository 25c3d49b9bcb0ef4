package io.fixlane.kernels.lanes.loop;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.cast.CastCounter;
import org.jspecify.annotations.Nullable;

/**
 * Everything a loop is compiled from but its cast. Equal recipes share their compiled loops.
 *
 * @param operation what is computed exactly
 * @param a first operand
 * @param b second operand, where the operation has one
 * @param c third operand, where the operation has one
 * @param unsigned whether the exact result is unsigned
 * @param quotientBits for a division, the width in which the quotient is formed and wraps; 0 where
 *     it cannot wrap
 * @param terms for a sum of shifts, the number of terms; else 0
 * @param target the container of the results
 * @param counting whether the loop counts into a {@link CastCounter}
 */
record LoopRecipe(
    Operation operation,
    Operand a,
    @Nullable Operand b,
    @Nullable Operand c,
    boolean unsigned,
    int quotientBits,
    int terms,
    Container target,
    boolean counting) {}
