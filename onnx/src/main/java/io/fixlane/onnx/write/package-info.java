/**
 * A network of integers as a model of ONNX's own operators that gives the same words. A network
 * comes in; a graph goes out, in which words are 64-bit integers, and bounds are known of every
 * number, so that nothing is written that could overflow.
 * {@link io.fixlane.onnx.write.NetworkModel} is where to start to read.
 */
package io.fixlane.onnx.write;
