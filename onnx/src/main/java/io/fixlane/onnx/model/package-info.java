/**
 * A model file as what it claims to be and nothing more: a graph whose nodes come after what they
 * take, tensors that hold as many numbers as they say, attributes of the right kind. Bytes come in;
 * what goes out has been checked, and took memory in proportion to the bytes alone.
 * {@link io.fixlane.onnx.model.ModelFile} is where to start to read.
 */
package io.fixlane.onnx.model;
