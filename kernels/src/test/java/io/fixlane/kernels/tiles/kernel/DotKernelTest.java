package io.fixlane.kernels.tiles.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.kernels.fixture.GuardedMemory;
import io.fixlane.kernels.fixture.NativeAccess;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.kernels.lanes.loop.TileMemory;
import io.fixlane.kernels.machine.DotInstructions;
import io.fixlane.kernels.machine.Processor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tiles of every unit in machine code that this processor can run. */
@ExtendWith(NativeAccess.class)
class DotKernelTest {
  private static final long PRODUCTS = 1_000_000_000;

  static Stream<DotProduct> units() {
    Processor processor = Processor.own();
    return Stream.of(DotInstructions.values()).filter(processor::has)
        .flatMap(each -> DotProducts.of(each).stream()).map(DotProduct.class::cast);
  }

  @ParameterizedTest
  @MethodSource("units")
  void theCanaryHasNoComplaint(DotProduct unit) {
    assertThat(DotCanary.complaint(unit)).isNull();
  }

  /** A byte beyond an operand cannot be read, and none is. */
  @ParameterizedTest
  @MethodSource("units")
  @DisabledOnOs(OS.WINDOWS)
  void nothingIsReadBeyondTheOperands(DotProduct unit) {
    Random random = new Random(1);
    int widest = TileShape.maxVectors(unit, unit.instructions().bits());
    for (int vectors = 1; vectors <= widest; vectors++) {
      DotKernel kernel = new DotKernel(unit, vectors);
      int tileRows = TileShape.rows(unit, vectors, unit.instructions().bits());
      for (int rows = 1; rows <= 2 * tileRows; rows++) {
        int columns = vectors * TileShape.lanes(unit, unit.instructions().bits());
        Operands operands = new Operands(unit, rows, 1 + random.nextInt(3),
            1 + random.nextInt(4), columns, random.nextInt());
        int[] expected = operands.sums();
        assertThat(operands.run(kernel, tileRows, false)).isEqualTo(expected);
        assertThat(operands.run(kernel, tileRows, true)).isEqualTo(expected);
      }
    }
  }

  /** A call ends soon, so that a panel of many rows is several calls. */
  @ParameterizedTest
  @MethodSource("units")
  void manyRowsAreSeveralCalls(DotProduct unit) {
    int columns = TileShape.lanes(unit, unit.instructions().bits());
    Operands operands = new Operands(unit, 30_001, 2, 20, columns, 1);
    int tileRows = TileShape.rows(unit, 1, unit.instructions().bits());
    assertThat(operands.runOnHeap(new DotKernel(unit, 1), tileRows)).isEqualTo(operands.sums());
  }

  /** As many products as a large network has, of random words, beside the same on scalars. */
  @ParameterizedTest
  @MethodSource("units")
  void aThousandMillionProducts(DotProduct unit) {
    SplittableRandom random = new SplittableRandom(2);
    int widest = TileShape.maxVectors(unit, unit.instructions().bits());
    DotKernel[] kernels = new DotKernel[widest];
    for (int i = 0; i < widest; i++) {
      kernels[i] = new DotKernel(unit, i + 1);
    }
    long products = 0;
    while (products < PRODUCTS) {
      int vectors = 1 + random.nextInt(widest);
      int columns = vectors * TileShape.lanes(unit, unit.instructions().bits());
      Operands operands = new Operands(unit, 1 + random.nextInt(60), 1 + random.nextInt(4),
          1 + random.nextInt(300), columns, random.nextInt());
      int tileRows = TileShape.rows(unit, vectors, unit.instructions().bits());
      assertThat(operands.runOnHeap(kernels[vectors - 1], tileRows)).isEqualTo(operands.sums());
      products += operands.products();
    }
  }

  /** Random operands without a word to spare: rows follow each other, and so do runs. */
  private static final class Operands {
    private final int rows;
    private final int runs;
    private final int steps;
    private final int columns;
    private final int group;
    private final int[] a;
    private final int[] w;
    private final int[] addend;
    private final boolean bytes;

    Operands(DotProduct unit, int rows, int runs, int steps, int columns, int seed) {
      SplittableRandom random = new SplittableRandom(seed);
      this.rows = rows;
      this.runs = runs;
      this.steps = steps;
      this.columns = columns;
      this.bytes = unit.activation() == Container.BYTE;
      this.group = bytes ? 4 : 2;
      boolean signed = unit.signed();
      int low = bytes ? Byte.MIN_VALUE : Short.MIN_VALUE;
      int unused = Integer.SIZE - unit.activation().bits();
      // Extreme words now and then make the largest sums.
      boolean extreme = random.nextInt(4) == 0;
      this.a = random.ints((long) rows * runs * steps * group)
          .map(word -> extreme ? word < 0 ? low : ~low : word >> unused)
          .map(word -> signed ? word : word - low).toArray();
      this.w = random.ints((long) runs * steps * columns * group).map(word -> extreme
          ? word < 0 ? low : ~low
          : word >> unused).toArray();
      this.addend = random.ints((long) rows * columns).toArray();
    }

    long products() {
      return (long) rows * runs * steps * group * columns;
    }

    int[] sums() {
      int[] sums = addend.clone();
      for (int i = 0; i < rows; i++) {
        for (int step = 0; step < runs * steps; step++) {
          for (int t = 0; t < group; t++) {
            int x = a[(i * runs * steps + step) * group + t];
            int place = (t * runs * steps + step) * columns;
            for (int j = 0; j < columns; j++) {
              sums[i * columns + j] += x * w[place + j];
            }
          }
        }
      }
      return sums;
    }

    private MemorySegment activations() {
      return bytes ? packedBytes() : packedShorts();
    }

    private MemorySegment packedBytes() {
      byte[] packed = new byte[a.length];
      for (int i = 0; i < a.length; i++) {
        packed[i] = (byte) a[i];
      }
      return MemorySegment.ofArray(packed);
    }

    private MemorySegment packedShorts() {
      short[] packed = new short[a.length];
      for (int i = 0; i < a.length; i++) {
        packed[i] = (short) a[i];
      }
      return MemorySegment.ofArray(packed);
    }

    /** Weights lie in planes here, place t of each group in plane t, and together in a panel. */
    private MemorySegment panel() {
      int[] panel = new int[w.length / group];
      int bits = Integer.SIZE / group;
      for (int i = 0; i < w.length; i++) {
        panel[i % panel.length] |= (w[i] & (1 << bits) - 1) << i / panel.length * bits;
      }
      return MemorySegment.ofArray(panel);
    }

    int[] runOnHeap(DotKernel kernel, int tileRows) {
      Tile tile = tile();
      TileMemory memory = tile.memory;
      memory.a = activations();
      memory.rowBase = rowBase();
      memory.runBase = runBase();
      memory.panel = panel();
      memory.addend = MemorySegment.ofArray(addend);
      int[] sums = new int[addend.length];
      memory.sums = MemorySegment.ofArray(sums);
      kernel.multiply(tile, rows, tileRows);
      return sums;
    }

    int[] run(DotKernel kernel, int tileRows, boolean atEnd) {
      try (GuardedMemory guarded = new GuardedMemory()) {
        Tile tile = tile();
        TileMemory memory = tile.memory;
        memory.a = guarded.copy(activations(), atEnd);
        memory.rowBase = guarded.copy(rowBase(), atEnd);
        memory.runBase = guarded.copy(runBase(), atEnd);
        memory.panel = guarded.copy(panel(), atEnd);
        memory.addend = guarded.copy(MemorySegment.ofArray(addend), atEnd);
        memory.sums = guarded.copy(MemorySegment.ofArray(new int[addend.length]), atEnd);
        kernel.multiply(tile, rows, tileRows);
        return memory.sums.toArray(ValueLayout.JAVA_INT);
      }
    }

    private Tile tile() {
      Tile tile = new Tile();
      tile.runs = runs;
      tile.runLength = steps;
      tile.addendStride = columns;
      tile.sumsStride = columns;
      return tile;
    }

    private MemorySegment rowBase() {
      int[] rowBase = new int[rows];
      for (int i = 0; i < rows; i++) {
        rowBase[i] = i * runs * steps;
      }
      return MemorySegment.ofArray(rowBase);
    }

    private MemorySegment runBase() {
      int[] runBase = new int[runs];
      for (int r = 0; r < runs; r++) {
        runBase[r] = r * steps;
      }
      return MemorySegment.ofArray(runBase);
    }
  }
}
