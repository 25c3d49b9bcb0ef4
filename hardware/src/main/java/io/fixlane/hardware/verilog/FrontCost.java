package io.fixlane.hardware.verilog;

import io.fixlane.hardware.verilog.Front.Accumulated;
import io.fixlane.hardware.verilog.Front.Direct;
import io.fixlane.hardware.verilog.Front.Gathered;
import io.fixlane.hardware.verilog.Front.Joined;
import io.fixlane.hardware.verilog.Front.Repeated;
import io.fixlane.hardware.verilog.Front.Windowed;
import io.fixlane.shape.Window;

/**
 * What taking pixels takes, by estimate.
 *
 * @param luts look-up tables, those that are memory included
 * @param registers flip-flops
 */
record FrontCost(long luts, long registers) {
  /** Counters, comparisons and handshakes. */
  private static final int CONTROL = 20;
  /** The bits of a memory that a look-up table holds. */
  private static final int MEMORY_BITS = 32;

  static FrontCost of(Front front) {
    return switch (front) {
      case Direct _ -> new FrontCost(1, 0);
      case Joined _ -> new FrontCost(3, 0);
      case Gathered gathered ->
          new FrontCost(CONTROL, (long) gathered.bits() * gathered.pixels());
      case Accumulated sums -> new FrontCost(
          CONTROL + sums.takenBits(), sums.takenBits());
      case Repeated repeated -> new FrontCost(
          CONTROL + repeated.bits() + memory(repeated.bits(), repeated.columns()),
          repeated.bits() + CONTROL);
      case Windowed windowed -> of(windowed);
    };
  }

  private static FrontCost of(Windowed front) {
    Window window = front.window();
    long lines = (window.kernelHeight() - 1L) * window.dilationY();
    long reach = (window.kernelWidth() - 1L) * window.dilationX() + 1;
    return new FrontCost(
        CONTROL * 2L + front.pixelBits() + lines * memory(front.pixelBits(), front.columns()),
        window.kernelHeight() * reach * front.pixelBits() + CONTROL);
  }

  /** Returns the look-up tables of a memory. */
  static long memory(long bits, long depth) {
    return bits * Math.ceilDiv(depth, MEMORY_BITS);
  }
}
