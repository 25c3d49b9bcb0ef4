/**
 * The search for formats. In go a float network, images and trials, each a method with its formats,
 * its seed and its epochs; out come their accuracies, costs and integer networks, the same wherever
 * and in whichever order trials are computed. Begin with {@link io.fixlane.autograd.search.Search}.
 */
package io.fixlane.autograd.search;
