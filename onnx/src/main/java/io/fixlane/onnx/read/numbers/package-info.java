/**
 * What the numbers of a quantized model are: exact ones and what they lie between, constants of
 * words, and what words stand for. {@link io.fixlane.onnx.read.numbers.Quantizer} and {@link
 * io.fixlane.onnx.read.numbers.Linear} are where to start: the one is what nodes of QONNX make of
 * numbers, the other what those of ONNX itself do.
 */
package io.fixlane.onnx.read.numbers;
