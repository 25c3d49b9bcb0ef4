package io.fixlane.jmh.peers;

/** A library that is ready to compute: its operands are where it takes them from. */
interface Peer extends AutoCloseable {
  /** Computes. */
  void run();

  /**
   * Returns what is wrong of what {@link #run} has computed.
   *
   * @throws IllegalStateException if it is wrong and ours, or if a step of training teaches nothing
   */
  Verdict check();

  /** Gives back what the library holds. */
  @Override
  default void close() {}
}
