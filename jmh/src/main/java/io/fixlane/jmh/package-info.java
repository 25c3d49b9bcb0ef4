/**
 * JMH benchmarks of the kernels; each checks its results against the reference before it is timed.
 */
package io.fixlane.jmh;
