package io.fixlane.kernels.tiles.plan;

/**
 * A line of a plan's explanation.
 *
 * @param subject what it speaks of
 * @param text what it says
 */
public record Fact(String subject, String text) {}
