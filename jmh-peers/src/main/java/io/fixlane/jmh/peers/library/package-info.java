/**
 * The libraries that are measured, as far as several comparisons need them: models that are written
 * for ONNX Runtime and its sessions, primitives of oneDNN, and libtorch. Begin with
 * {@link io.fixlane.jmh.peers.library.OnnxModel}.
 */
package io.fixlane.jmh.peers.library;
