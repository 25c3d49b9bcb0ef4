package io.fixlane.kernels.machine;

import java.util.ArrayList;
import java.util.List;

/** A place in code that jumps lead to. */
public final class Label {
  private static final int UNBOUND = -1;

  private final List<Integer> jumps = new ArrayList<>();
  private int place = UNBOUND;

  /** Makes a label of a place that is still to come. */
  public Label() {}

  /** Appends the distance of a jump to the label, which is filled in when the label is bound. */
  void jump(CodeBuffer code) {
    jumps.add(code.size());
    code.int32(0);
    if (place != UNBOUND) {
      fill(code, jumps.getLast());
    }
  }

  /** Makes the end of the code the label's place. */
  void bind(CodeBuffer code) {
    place = code.size();
    jumps.forEach(jump -> fill(code, jump));
  }

  private void fill(CodeBuffer code, int jump) {
    code.int32(jump, place - (jump + Integer.BYTES));
  }
}
