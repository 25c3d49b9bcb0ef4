package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.machine.DotInstructions;
import io.fixlane.kernels.machine.MachineCode;
import java.util.List;

/** The units in machine code that can be used here. */
public final class DotProducts {
  private static volatile List<Unit> usable;

  private DotProducts() {}

  /** Returns the units, none where machine code is not to be used. */
  public static List<Unit> usable() {
    List<Unit> known = usable;
    return known == null ? find() : known;
  }

  private static synchronized List<Unit> find() {
    if (usable == null) {
      DotInstructions instructions = MachineCode.instructions();
      usable = instructions == null ? List.of() : of(instructions);
    }
    return usable;
  }

  /** Returns the units of instructions. */
  static List<Unit> of(DotInstructions instructions) {
    Unit words = new DotProduct(instructions, Container.SHORT);
    return instructions.vnni()
        ? List.of(new DotProduct(instructions, Container.BYTE), words)
        : List.of(words);
  }
}
