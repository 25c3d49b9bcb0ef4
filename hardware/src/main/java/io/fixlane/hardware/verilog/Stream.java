package io.fixlane.hardware.verilog;

/** The handshake of a stream in a clock. */
final class Stream {
  /** Whether a vector is there. */
  boolean valid;
  /** Whether it is taken. */
  boolean ready;

  /** Returns whether a vector goes over. */
  boolean moves() {
    return valid && ready;
  }
}
