package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.machine.DotInstructions;
import io.fixlane.kernels.machine.MachineCode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The units in machine code that can be used here. */
public final class DotProducts {
  private static final Logger LOG = System.getLogger("io.fixlane.kernels");
  private static volatile @Nullable List<Unit> usable;

  private DotProducts() {}

  /** Returns the units, none where machine code is not to be used. */
  public static List<Unit> usable() {
    List<Unit> known = usable;
    return known == null ? find() : known;
  }

  private static synchronized List<Unit> find() {
    if (usable == null) {
      DotInstructions instructions = MachineCode.instructions();
      usable = instructions == null
          ? List.of()
          : all(instructions).filter(DotProducts::computesRightly)
              .mapMulti(DotProducts::withWide).toList();
    }
    return usable;
  }

  /** Returns the units of instructions, and of those beside them. */
  private static Stream<Unit> all(DotInstructions instructions) {
    DotInstructions beside = instructions.beside();
    return Stream.concat(
        of(instructions).stream(), beside == null ? Stream.of() : of(beside).stream());
  }

  /** Passes a unit on, and those that are made of it. */
  private static void withWide(Unit unit, Consumer<Unit> units) {
    units.accept(unit);
    if (unit instanceof X86DotProduct dot && !dot.bytes()) {
      WideDotProduct.of(dot).stream().filter(DotProducts::computesRightly).forEach(units);
    }
  }

  private static boolean computesRightly(Unit unit) {
    try {
      String complaint = unit.complaint();
      if (complaint == null) {
        return true;
      }
      LOG.log(Level.WARNING, "no " + unit + ": it computes wrongly here, " + complaint);
    } catch (IllegalStateException e) {
      LOG.log(Level.WARNING, "no " + unit + ": the system gives no memory for code: "
          + e.getMessage());
    }
    return false;
  }

  /** Returns the units that are made of instructions, whether or not they can be used here. */
  public static List<Unit> of(DotInstructions instructions) {
    return switch (instructions) {
      case AMX -> List.of(new AmxDotProduct());
      case AVX512_VNNI, AVX_VNNI, AVX512, AVX2 ->
          List.of(new X86DotProduct(instructions, Container.BYTE),
              new X86DotProduct(instructions, Container.SHORT));
      case DOTPROD -> List.of(new ArmDotProduct());
    };
  }
}
