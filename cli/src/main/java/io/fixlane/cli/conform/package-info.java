/**
 * The commands {@code fixlane conform} and {@code fixlane compare}: in come vector files and dumps,
 * out go tables, mismatches bit by bit, JSON and an exit code. {@link
 * io.fixlane.cli.conform.ConformCommand} and {@link io.fixlane.cli.conform.CompareCommand} are
 * where to start; {@link io.fixlane.cli.conform.KernelImplementation} is how vector files judge the
 * kernels.
 */
package io.fixlane.cli.conform;
