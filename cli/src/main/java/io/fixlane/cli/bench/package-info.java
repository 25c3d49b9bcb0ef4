/**
 * The command {@code fixlane bench}: how fast this machine is. In go benchmarks to run, or a file
 * of results to compare with; out come a table, a file of results and an exit code. Begin with
 * {@link io.fixlane.cli.bench.BenchCommand}.
 */
package io.fixlane.cli.bench;
