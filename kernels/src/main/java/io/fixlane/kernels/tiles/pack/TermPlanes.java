package io.fixlane.kernels.tiles.pack;

/**
 * The terms of K-hot weights, for kernels that shift and add: plane p holds term p of every word,
 * as {@link io.fixlane.kernels.lanes.ShiftTerm} describes it.
 *
 * @param codes the terms, planes x size
 * @param planes the number of planes
 * @param size the number of words
 */
public record TermPlanes(byte[] codes, int planes, int size) {

  byte code(int plane, long index) {
    return codes[plane * size + (int) index];
  }
}
