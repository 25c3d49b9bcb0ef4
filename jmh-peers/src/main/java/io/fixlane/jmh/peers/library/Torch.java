package io.fixlane.jmh.peers.library;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** libtorch through DJL, which takes its settings from system properties as it loads. */
public final class Torch {
  private Torch() {}

  /**
   * Loads the library.
   *
   * @param threads how many compute; the number of the first call holds
   */
  public static Engine engine(int threads) {
    // A library that is not on the class path is not looked for elsewhere, and no server is called.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    return Engine.getEngine("PyTorch");
  }

  /** Loads the library for one thread, and returns a place for arrays. */
  public static NDManager manager() {
    return engine(1).newBaseManager();
  }

  /**
   * A cast to words of 8 bits with a straight-through gradient, as programs for libtorch compose
   * it: the same numbers as the cast into {@code ap_fixed<8,I,AP_RND_CONV,AP_SAT>}, and the same
   * gradients, 0 where it saturates. DJL does not reach the operation that libtorch has for this.
   *
   * @param x the numbers
   * @param integerBits I
   */
  public static NDArray fakeQuantize(NDArray x, int integerBits) {
    float step = Math.scalb(1f, integerBits - Byte.SIZE);
    // The last numbers that are rounded to an end of the range; a tie above the highest is not.
    NDArray inside = x.clip(-128.5f * step, Math.nextDown(127.5f * step));
    NDArray constant = inside.stopGradient();
    NDArray difference = constant.mul(1 / step).round().muli(step).subi(constant);
    return inside.add(difference);
  }
}
