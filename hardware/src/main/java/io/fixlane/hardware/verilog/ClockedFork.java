package io.fixlane.hardware.verilog;

import java.util.List;

/** The handshakes of {@code fixlane_fork}. */
final class ClockedFork implements Clocked {
  private final Stream input;
  private final List<Stream> outputs;
  private final boolean[] taken;

  ClockedFork(Stream input, List<Stream> outputs) {
    this.input = input;
    this.outputs = outputs;
    this.taken = new boolean[outputs.size()];
  }

  @Override
  public void offer() {
    for (int i = 0; i < taken.length; i++) {
      outputs.get(i).valid = input.valid && !taken[i];
    }
  }

  @Override
  public void accept() {
    input.ready = true;
    for (int i = 0; i < taken.length; i++) {
      input.ready &= taken[i] || outputs.get(i).ready;
    }
  }

  @Override
  public void step() {
    if (input.valid) {
      for (int i = 0; i < taken.length; i++) {
        taken[i] = !input.ready && (taken[i] || outputs.get(i).ready);
      }
    }
  }
}
