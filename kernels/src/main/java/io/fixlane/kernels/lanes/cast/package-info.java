/**
 * A cast as constants. In go two formats; out comes a recipe, the rounding terms, the range that
 * does not overflow and what is done outside it, with its scalar code. Begin with
 * {@link io.fixlane.kernels.lanes.cast.IntegerCast}.
 */
package io.fixlane.kernels.lanes.cast;
