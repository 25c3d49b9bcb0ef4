/**
 * An engine of the Deep Java Library (DJL) that runs networks.
 *
 * <p>DJL finds it by itself, under the name {@link io.fixlane.djl.FixlaneEngine#NAME}, and loads
 * models with it as with any other: a network file, or a quantized model of ONNX where the module
 * {@code io.fixlane.onnx} is there too. Numbers that come in are cast into the format of the
 * network's input, as in training; numbers that go out are the values of the network's words.
 *
 * {@snippet class="io.fixlane.djl.DjlExample" region="classify"}
 */
package io.fixlane.djl;
