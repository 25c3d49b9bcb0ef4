/**
 * Fixlane on Apache Spark: networks as stages of Spark ML pipelines, and the trials of {@code
 * fixlane search} on many machines. In go columns of numbers or trials; out come the same words and
 * results as on one machine. Begin with {@link io.fixlane.spark.FixlaneModel}.
 */
@NullMarked
package io.fixlane.spark;

import org.jspecify.annotations.NullMarked;
