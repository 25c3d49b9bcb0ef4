/**
 * The command {@code fixlane explain}: in come the formats and sizes of a layer, out goes how its
 * plan computes it. {@link io.fixlane.cli.explain.ExplainCommand} is all of it.
 */
package io.fixlane.cli.explain;
