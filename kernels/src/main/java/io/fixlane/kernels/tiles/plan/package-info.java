/**
 * Which unit computes a product. In go formats, sizes and weights; each unit is refused by a reason
 * or held against the others by its rate, and out comes the fastest one that is exact, with the
 * facts. Begin with {@link io.fixlane.kernels.tiles.plan.Planner}.
 */
package io.fixlane.kernels.tiles.plan;
