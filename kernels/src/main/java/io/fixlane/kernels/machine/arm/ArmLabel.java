package io.fixlane.kernels.machine.arm;

import java.util.ArrayList;
import java.util.List;

/** A place in code that jumps lead to. */
public final class ArmLabel {
  static final int UNBOUND = -1;

  /** Where there are jumps to the label. */
  final List<Integer> jumps = new ArrayList<>();
  /** The instruction that it stands before. */
  int place = UNBOUND;

  /** Makes a label of a place that is still to come. */
  public ArmLabel() {}
}
