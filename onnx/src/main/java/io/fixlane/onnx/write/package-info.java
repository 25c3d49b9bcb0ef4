/**
 * A network of integers as a model. As one of ONNX's own operators that gives the same words, which
 * are 64-bit integers: bounds are known of every number, so that nothing is written that could
 * overflow, and {@link io.fixlane.onnx.write.NetworkModel} is where to start to read. As one of
 * QONNX, of floats that Quant nodes cast: {@link io.fixlane.onnx.write.QuantWriter} is.
 */
package io.fixlane.onnx.write;
