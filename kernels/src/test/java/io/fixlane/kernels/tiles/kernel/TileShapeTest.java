package io.fixlane.kernels.tiles.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Registers;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.kernels.lanes.loop.TileMemory;
import io.fixlane.kernels.machine.Abi;
import io.fixlane.kernels.machine.DotInstructions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tiles fit the vector registers of the machine, and leave C2 some of them. */
class TileShapeTest {
  // C2 keeps accumulators in memory before a tile fills all registers.
  private static final int SPARE = 1;
  private static final int MAX_STORES = 32;

  static Stream<Unit> units() {
    return Stream.of(Unit.OF_WORDS, Unit.OF_TERMS, List.of(Unit.ROUNDED_FLOAT32))
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("units")
  void tilesFitTheRegisters(Unit unit) {
    assertFit(unit, unit.tiles().few(), 16);
    assertFit(unit, unit.tiles().many(), 32);
  }

  private static void assertFit(Unit unit, int[] rows, int registers) {
    int storesOfOne = Math.max(1, unit.sum().bits() / unit.lane().bits());
    for (int i = 0; i < rows.length; i++) {
      int vectors = i + 1;
      int accumulators = rows[i] * vectors;
      int weights = vectors;
      int activation = 1;
      assertThat(accumulators + weights + activation).as("%s, %d vectors", unit, vectors)
          .isLessThanOrEqualTo(registers - SPARE);
      assertThat(accumulators * storesOfOne).as("stores of %s, %d vectors", unit, vectors)
          .isLessThanOrEqualTo(MAX_STORES);
      assertThat(rows[i]).isBetween(1, Tile.MAX_ROWS);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void aTileIsTheOneOfItsRegisters(int bits) {
    units().forEach(unit -> {
      int[] rows = Registers.few(bits) ? unit.tiles().few() : unit.tiles().many();
      assertThat(TileShape.maxVectors(unit, bits)).isEqualTo(rows.length);
      for (int vectors = 1; vectors <= rows.length; vectors++) {
        assertThat(TileShape.rows(unit, vectors, bits)).isEqualTo(rows[vectors - 1]);
      }
    });
    assertThat(Registers.few(512)).isFalse();
  }

  /** Machine code is written for any processor, here too, and by either rule of calls. */
  @ParameterizedTest
  @EnumSource
  void tilesOfMachineCodeFitTheRegisters(DotInstructions instructions) {
    for (Unit dot : DotProducts.of(instructions)) {
      DotProduct unit = (DotProduct) dot;
      int widest = TileShape.maxVectors(unit, instructions.bits());
      for (int vectors = 1; vectors <= widest; vectors++) {
        if (unit.instructions() != DotInstructions.AMX) {
          assertThat(TileShape.rows(unit, vectors, instructions.bits()))
              .isBetween(1, DotProduct.MAX_ROWS);
        }
        // No register is beyond the last, or writing it fails.
        TileShape shape = unit.shape(vectors);
        assertThat(unit.code(shape)).isNotEmpty();
        if (unit instanceof AmxDotProduct) {
          assertThat(AmxTileWriter.write(shape, null, Abi.WINDOWS))
              .hasSizeGreaterThan(AmxTileWriter.write(shape, null, Abi.SYSTEM_V).length);
        }
        if (unit instanceof X86DotProduct x86) {
          TileShape half = new TileShape(unit, shape.access(), Container.SHORT, 1,
              TileShape.NARROW_ROWS, vectors, shape.bits());
          TileShape lanewise = unit.shape(Access.LANEWISE, vectors);
          for (TileShape each : List.of(shape, half, lanewise)) {
            byte[] linux = DotTileWriter.write(x86, each, null, Abi.SYSTEM_V);
            byte[] windows = DotTileWriter.write(x86, each, null, Abi.WINDOWS);
            assertThat(windows).hasSizeGreaterThan(linux.length);
          }
          for (Container target : List.of(Container.BYTE, Container.SHORT, Container.INT)) {
            assertThat(x86.castingCode(shape, new RegisterCast.Form(
                RegisterCast.Added.ODD, 20, true, target))).isNotEmpty();
          }
        }
      }
    }
    assertThat(new TileMemory().numbers).hasSizeGreaterThanOrEqualTo(DotNumbers.COUNT);
  }

  /** Where vectors are short but the machine has long ones, there are as many registers. */
  @ParameterizedTest
  @ValueSource(ints = {128, 256})
  void shortVectorsHaveTheRegistersOfTheMachine(int bits) {
    boolean x86 = System.getProperty("os.arch").matches("amd64|x86_64");
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    boolean many = vectors
        && jdk.incubator.vector.VectorShape.preferredShape().vectorBitSize() >= 512;
    assertThat(Registers.few(bits)).isEqualTo(x86 && !many);
  }
}
