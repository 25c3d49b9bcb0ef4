package io.fixlane.hardware.verilog;

/** A module as far as its handshakes go, for the clocks to be counted that a network takes. */
interface Clocked {
  /** Says whether vectors come out; those that come in are known. */
  void offer();

  /** Says whether vectors are taken; whether those that come out are is known. */
  void accept();

  /** Goes on to the next clock. */
  void step();
}
