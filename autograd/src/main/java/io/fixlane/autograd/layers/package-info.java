/** Layers: operations with their parameters, which compose to networks. */
package io.fixlane.autograd.layers;
