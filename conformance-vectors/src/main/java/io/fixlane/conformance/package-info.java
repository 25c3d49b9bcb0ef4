/**
 * Vector files, the suite that runs them against an implementation of the arithmetic, and the
 * comparison of dumps: in come bytes and an {@link io.fixlane.conformance.Implementation}, out go
 * blocks of words, and reports of what is the same. {@link
 * io.fixlane.conformance.ConformanceSuite} is where to start; {@link
 * io.fixlane.conformance.VectorReader} and {@link io.fixlane.conformance.VectorWriter} are the
 * format, and {@link io.fixlane.conformance.DumpComparison} compares what tools print.
 */
package io.fixlane.conformance;
