/**
 * What benchmarks check before they are timed: some words of each result against the reference. In
 * go operands and results; a wrong word ends the benchmark. Begin with
 * {@link io.fixlane.jmh.check.GemmCheck}.
 */
package io.fixlane.jmh.check;
