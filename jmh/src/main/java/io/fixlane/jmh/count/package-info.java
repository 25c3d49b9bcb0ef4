/**
 * What benchmarks count besides their calls: products, words and bytes, so that JMH tells them a
 * second. In go the numbers of a call; out come the secondary results of a benchmark. Begin with
 * {@link io.fixlane.jmh.count.MacCounter}.
 */
package io.fixlane.jmh.count;
