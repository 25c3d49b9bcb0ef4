/**
 * The command {@code fixlane cast}: in come values, expressions and formats as text, out goes each
 * cast explained bit by bit, or a table of many. {@link io.fixlane.cli.cast.CastCommand} reads the
 * command line, {@link io.fixlane.cli.cast.CastExplainer} explains one cast, and the rules of the
 * modes in words are in {@link io.fixlane.cli.cast.QuantizationRule} and {@link
 * io.fixlane.cli.cast.OverflowRule}.
 */
package io.fixlane.cli.cast;
