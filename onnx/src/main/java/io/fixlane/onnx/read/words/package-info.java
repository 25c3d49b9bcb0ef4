/**
 * The graph of a checked model of quantized numbers as a {@link io.fixlane.network.Network} of
 * integers. {@link io.fixlane.onnx.read.words.WordReader} is where to start: each node becomes a
 * step behind those whose results it takes, open until the node that takes it says its format; what
 * lies between the first and the last becomes layers.
 */
package io.fixlane.onnx.read.words;
