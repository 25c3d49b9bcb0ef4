package com.github.tjake.jlama.tensor.operations;

import io.fixlane.jmh.peers.JlamaOperations;

/** The class that Jlama looks for by its name: its own one is in an artifact of its natives. */
public final class NativeSimdTensorOperations extends JlamaOperations {
  /** Makes the operations, as Jlama does. */
  public NativeSimdTensorOperations() {}
}
