package io.fixlane.hardware.verilog;

/** The handshakes of {@code fixlane_fifo}. */
final class ClockedFifo implements Clocked {
  private final Stream input;
  private final Stream output;
  private final int depth;
  private int count;
  private int most;

  ClockedFifo(Stream input, Stream output, int depth) {
    this.input = input;
    this.output = output;
    this.depth = depth;
  }

  /** Returns how many vectors it had at most. */
  int most() {
    return most;
  }

  @Override
  public void offer() {
    output.valid = count > 0;
  }

  @Override
  public void accept() {
    input.ready = count < depth;
  }

  @Override
  public void step() {
    count += (input.moves() ? 1 : 0) - (output.moves() ? 1 : 0);
    most = Math.max(most, count);
  }
}
