/**
 * How a plan becomes a loop: containers, recipes of constants, and the scalar and vector loops
 * compiled from them.
 */
package io.fixlane.kernels.lanes;
