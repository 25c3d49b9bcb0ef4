/**
 * The graph of a checked model as layers. A model of floats becomes a
 * {@link io.fixlane.autograd.layers.Sequential} to train, and {@link
 * io.fixlane.onnx.read.FloatReader} is where to start to read; a model of quantized numbers a
 * {@link io.fixlane.network.Network} of integers, and {@link io.fixlane.onnx.read.WordReader} is.
 * Both go through the nodes in their order and link a step to the one whose result it takes; in
 * both images are rows x columns x channels, whatever their order in the model.
 */
package io.fixlane.onnx.read;
