package io.fixlane.jmh.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;

/** libtorch through DJL, which takes its settings from system properties as it loads. */
final class Torch {
  private Torch() {}

  /**
   * Loads the library and returns a place for arrays.
   *
   * @param threads how many compute; the number of the first call holds
   */
  static NDManager manager(int threads) {
    // A library that is not on the class path is not looked for elsewhere.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    return Engine.getEngine("PyTorch").newBaseManager();
  }
}
