/**
 * The graph of a checked model as layers: what every reader of graphs needs, and the one of models
 * of floats, which become a {@link io.fixlane.autograd.layers.Sequential} to train. {@link
 * io.fixlane.onnx.read.FloatReader} is where to start. It goes through the nodes in their order and
 * links a step to the one whose result it takes; images are rows x columns x channels, whatever
 * their order in the model, which {@link io.fixlane.onnx.read.Layout} knows. Models of quantized
 * numbers are read by {@link io.fixlane.onnx.read.words}.
 */
package io.fixlane.onnx.read;
