/**
 * K-hot words as terms. In go words and a rule; out come the nearest words of at most K terms, and
 * the terms as bytes in planes, which kernels shift and add by. Begin with
 * {@link io.fixlane.kernels.khot.KHotTerms}.
 */
package io.fixlane.kernels.khot;
