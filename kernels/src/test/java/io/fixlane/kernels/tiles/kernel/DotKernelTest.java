package io.fixlane.kernels.tiles.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.kernels.fixture.GuardedMemory;
import io.fixlane.kernels.fixture.NativeAccess;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.kernels.lanes.loop.TileMemory;
import io.fixlane.kernels.machine.DotInstructions;
import io.fixlane.kernels.machine.Processor;
import io.fixlane.kernels.tiles.pack.DotLayout;
import io.fixlane.kernels.tiles.pack.PackedWeights;
import io.fixlane.kernels.tiles.pack.WeightLayout;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import io.fixlane.kernels.tiles.pack.Workspace;
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
      DotKernel kernel = new DotKernel(unit, unit.shape(vectors));
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

  /** As above, of weights that are stored in half the memory, and widened in registers. */
  @ParameterizedTest
  @MethodSource("units")
  @DisabledOnOs(OS.WINDOWS)
  void weightsOfHalfTheBits(DotProduct unit) {
    Random random = new Random(3);
    int bits = unit.instructions().bits();
    for (int vectors = 1; vectors <= TileShape.maxVectors(unit, bits); vectors++) {
      for (int rows = 1; rows <= TileShape.NARROW_ROWS; rows++) {
        TileShape shape = new TileShape(
            unit, Access.BROADCAST, Container.SHORT, 1, rows, vectors, bits);
        Operands operands = new Operands(unit, rows, 1 + random.nextInt(3),
            1 + random.nextInt(40), shape.columns(), random.nextInt(), true);
        assertThat(operands.layout == null)
            .isEqualTo(unit.instructions().arm() || vectors % 2 != 0);
        if (operands.layout != null) {
          DotKernel kernel = new DotKernel(unit, shape);
          int[] expected = operands.sums();
          assertThat(operands.runOnHeap(kernel, rows)).isEqualTo(expected);
          assertThat(operands.run(kernel, rows, false)).isEqualTo(expected);
          assertThat(operands.run(kernel, rows, true)).isEqualTo(expected);
          assertThat(operands.widened()).isEqualTo(
              PackedWeights.of(operands, new DotLayout(unit.activation()), shape.lanes(), vectors)
                  .array());
        }
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
    assertThat(operands.runOnHeap(new DotKernel(unit, unit.shape(1)), tileRows))
        .isEqualTo(operands.sums());
  }

  /** As many products as a large network has, of random words, beside the same on scalars. */
  @ParameterizedTest
  @MethodSource("units")
  void aThousandMillionProducts(DotProduct unit) {
    SplittableRandom random = new SplittableRandom(2);
    int widest = TileShape.maxVectors(unit, unit.instructions().bits());
    DotKernel[] kernels = new DotKernel[widest];
    for (int i = 0; i < widest; i++) {
      kernels[i] = new DotKernel(unit, unit.shape(i + 1));
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
  private static final class Operands implements WeightMatrix {
    private final int rows;
    private final int runs;
    private final int steps;
    private final int columns;
    private final int group;
    private final int[] a;
    private final int[] w;
    private final int[] addend;
    private final boolean bytes;
    private final int lanes;
    private final WeightLayout layout;

    Operands(DotProduct unit, int rows, int runs, int steps, int columns, int seed) {
      this(unit, rows, runs, steps, columns, seed, false);
    }

    /** Makes operands, their weights of half the bits where they are to be stored so. */
    Operands(DotProduct unit, int rows, int runs, int steps, int columns, int seed, boolean half) {
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
      int fewer = unit.activation().bits()
          - (half ? unit.activation().bits() / 2 : unit.weightBits());
      this.w = random.ints((long) runs * steps * columns * group).map(word -> extreme
          ? (word < 0 ? low : ~low) >> fewer
          : word >> unused + fewer).toArray();
      this.addend = random.ints((long) rows * columns).toArray();
      this.lanes = TileShape.lanes(unit, unit.instructions().bits());
      this.layout = half ? unit.half(this) : new DotLayout(unit.activation());
    }

    @Override
    public int k() {
      return runs * steps * group;
    }

    @Override
    public int n() {
      return columns;
    }

    @Override
    public long at(int k, int n) {
      return w[(int) index(k, n)];
    }

    /** Weights lie in planes here, place t of each group in plane t. */
    @Override
    public long index(int k, int n) {
      return (k % group * runs * steps + k / group) * columns + n;
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

    private PackedWeights packed() {
      return PackedWeights.of(this, layout, lanes, columns / lanes);
    }

    private MemorySegment panel() {
      return packed().words();
    }

    int[] widened() {
      PackedWeights packed = packed();
      int[] words = new int[k() / group * columns];
      layout.widening(packed.stored(), Container.INT).compute(Workspace.own(), packed.words(), 0,
          MemorySegment.ofArray(words), 0, words.length);
      return words;
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
        rowBase[i] = i * runs * steps * group;
      }
      return MemorySegment.ofArray(rowBase);
    }

    private MemorySegment runBase() {
      int[] runBase = new int[runs];
      for (int r = 0; r < runs; r++) {
        runBase[r] = r * steps * group;
      }
      return MemorySegment.ofArray(runBase);
    }
  }
}
