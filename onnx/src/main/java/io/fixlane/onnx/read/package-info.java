/**
 * A model of floats as layers to train. The graph of a checked model comes in; a
 * {@link io.fixlane.autograd.layers.Sequential} of the same function goes out, in which images are
 * rows x columns x channels, whatever their order in the model. {@link
 * io.fixlane.onnx.read.FloatReader} is where to start to read.
 */
package io.fixlane.onnx.read;
