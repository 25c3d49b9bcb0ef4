package io.fixlane.hardware.hls;

/**
 * What of a layer's C++ is its own.
 *
 * @param types the types that it takes beside those of its words
 * @param constants the file of its words, or of the code that its K-hot weights are; empty where it
 *     has none
 * @param config the struct that its loops take
 * @param loops the name of its loops in {@code layers.h}
 */
record LayerCode(String types, String constants, String config, String loops) {}
