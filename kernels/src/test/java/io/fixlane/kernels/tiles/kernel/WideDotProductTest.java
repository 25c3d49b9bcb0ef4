package io.fixlane.kernels.tiles.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.kernels.fixture.GuardedMemory;
import io.fixlane.kernels.fixture.NativeAccess;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.kernels.machine.DotInstructions;
import io.fixlane.kernels.machine.Processor;
import io.fixlane.kernels.tiles.pack.PackedWeights;
import io.fixlane.kernels.tiles.pack.WeightLayout;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tiles that add dot products to sums of 64 bits, of every unit that the processor can run. */
@ExtendWith(NativeAccess.class)
class WideDotProductTest {
  private static final long PRODUCTS = 1_000_000_000;

  static Stream<WideDotProduct> units() {
    return Stream.of(DotInstructions.values()).filter(Processor.own()::has)
        .flatMap(each -> DotProducts.of(each).stream())
        .filter(each -> each instanceof X86DotProduct dot && !dot.bytes())
        .flatMap(each -> WideDotProduct.of((X86DotProduct) each).stream());
  }

  /**
   * Operands without a word to spare, whose rows follow each other.
   *
   * @param w the weights, row after row
   */
  private record Operands(int rows, int steps, int columns, short[] a, long[] w, long[] addend)
      implements WeightMatrix {

    static Operands of(SplittableRandom random, int bits, int rows, int steps, int columns) {
      // Extreme words now and then make the largest sums.
      boolean extreme = random.nextInt(4) == 0;
      short[] a = new short[rows * steps * 2];
      for (int i = 0; i < a.length; i++) {
        a[i] = (short) (extreme ? random.nextInt() >> 31 ^ 0x7FFF : random.nextInt());
      }
      long[] w = random.longs((long) steps * 2 * columns)
          .map(word -> extreme ? word >> 63 ^ (1L << bits - 1) - 1 : word >> Long.SIZE - bits)
          .toArray();
      return new Operands(
          rows, steps, columns, a, w, random.longs((long) rows * columns).toArray());
    }

    @Override
    public int k() {
      return 2 * steps;
    }

    @Override
    public int n() {
      return columns;
    }

    @Override
    public long at(int k, int n) {
      return w[(int) index(k, n)];
    }

    @Override
    public long index(int k, int n) {
      return (long) k * columns + n;
    }

    long[] sums() {
      long[] sums = addend.clone();
      for (int i = 0; i < rows; i++) {
        for (int k = 0; k < k(); k++) {
          for (int j = 0; j < columns; j++) {
            sums[i * columns + j] += a[i * k() + k] * w[k * columns + j];
          }
        }
      }
      return sums;
    }

    long[] run(MicroKernel kernel, int tileRows, MemorySegment panel) {
      Tile tile = tile();
      tile.memory.a = MemorySegment.ofArray(a);
      tile.memory.rowBase = rowBase();
      tile.memory.runBase = MemorySegment.ofArray(new int[1]);
      tile.memory.panel = panel;
      tile.memory.addend = MemorySegment.ofArray(addend);
      long[] sums = new long[addend.length];
      tile.memory.sums = MemorySegment.ofArray(sums);
      kernel.multiply(tile, rows, tileRows);
      return sums;
    }

    /** Sums into the addends themselves, all operands between pages that cannot be read. */
    long[] runGuarded(MicroKernel kernel, int tileRows, MemorySegment panel, boolean atEnd) {
      try (GuardedMemory guarded = new GuardedMemory()) {
        Tile tile = tile();
        tile.memory.a = guarded.copy(MemorySegment.ofArray(a), atEnd);
        tile.memory.rowBase = guarded.copy(rowBase(), atEnd);
        tile.memory.runBase = guarded.copy(MemorySegment.ofArray(new int[1]), atEnd);
        tile.memory.panel = guarded.copy(panel, atEnd);
        tile.memory.addend = guarded.copy(MemorySegment.ofArray(addend), atEnd);
        tile.memory.sums = tile.memory.addend;
        kernel.multiply(tile, rows, tileRows);
        return tile.memory.sums.toArray(ValueLayout.JAVA_LONG_UNALIGNED);
      }
    }

    private Tile tile() {
      Tile tile = new Tile();
      tile.runs = 1;
      tile.runLength = steps;
      tile.addendStride = columns;
      tile.sumsStride = columns;
      return tile;
    }

    private MemorySegment rowBase() {
      return MemorySegment.ofArray(IntStream.range(0, rows).map(row -> row * k()).toArray());
    }
  }

  private static int lanes(WideDotProduct unit) {
    return TileShape.lanes(unit, unit.vectorBits(0));
  }

  private static MicroKernel kernel(
      WideDotProduct unit, WeightLayout layout, Container stored, int rows, int vectors) {
    return unit.kernel(new TileShape(unit, Access.BROADCAST, stored, layout.planes(), rows, vectors,
        unit.vectorBits(0)));
  }

  private static MemorySegment panel(WideDotProduct unit, Operands operands, WeightLayout layout) {
    return PackedWeights.of(operands, layout, lanes(unit), operands.columns() / lanes(unit))
        .words();
  }

  @ParameterizedTest
  @MethodSource("units")
  void theCanaryHasNoComplaint(WideDotProduct unit) {
    assertThat(unit.complaint()).isNull();
  }

  @ParameterizedTest
  @MethodSource("units")
  @DisabledOnOs(OS.WINDOWS)
  void nothingIsReadOrWrittenBeyondTheOperands(WideDotProduct unit) {
    SplittableRandom random = new SplittableRandom(1);
    for (int vectors = 1; vectors <= TileShape.maxVectors(unit, unit.vectorBits(0)); vectors++) {
      int tileRows = TileShape.rows(unit, vectors, unit.vectorBits(0));
      MicroKernel kernel = kernel(unit, unit.whole(), Container.INT, tileRows, vectors);
      for (int rows = 1; rows <= 2 * tileRows; rows++) {
        Operands operands = Operands.of(
            random, unit.mostBits(), rows, 1 + random.nextInt(9), vectors * lanes(unit));
        MemorySegment panel = panel(unit, operands, unit.whole());
        long[] sums = operands.sums();
        assertThat(operands.run(kernel, tileRows, panel)).isEqualTo(sums);
        assertThat(operands.runGuarded(kernel, tileRows, panel, false)).isEqualTo(sums);
        assertThat(operands.runGuarded(kernel, tileRows, panel, true)).isEqualTo(sums);
      }
    }
  }

  /** As above, of weights that are stored in half the memory, and widened in registers. */
  @ParameterizedTest
  @MethodSource("units")
  @DisabledOnOs(OS.WINDOWS)
  void weightsInHalfTheMemory(WideDotProduct unit) {
    SplittableRandom random = new SplittableRandom(2);
    for (int vectors = 1; vectors <= TileShape.maxVectors(unit, unit.vectorBits(0)); vectors++) {
      for (int rows = 1; rows <= TileShape.NARROW_ROWS; rows++) {
        // 256 times 127 and 127 more is the largest weight of two signed bytes.
        Operands operands = Operands.of(
            random, unit.mostBits() == 16 ? 15 : 8, rows, 40, vectors * lanes(unit));
        WeightLayout layout = unit.half(operands, vectors);
        assertThat(layout == null).isEqualTo(vectors % 2 != 0);
        if (layout != null) {
          MicroKernel kernel = kernel(unit, layout, Container.SHORT, rows, vectors);
          MemorySegment panel = panel(unit, operands, layout);
          long[] sums = operands.sums();
          assertThat(operands.runGuarded(kernel, rows, panel, false)).isEqualTo(sums);
          assertThat(operands.runGuarded(kernel, rows, panel, true)).isEqualTo(sums);
        }
      }
    }
  }

  /** As many products as a large network has, of random words, beside the same on scalars. */
  @ParameterizedTest
  @MethodSource("units")
  void aThousandMillionProducts(WideDotProduct unit) {
    SplittableRandom random = new SplittableRandom(3);
    int widest = TileShape.maxVectors(unit, unit.vectorBits(0));
    MicroKernel[] kernels = IntStream.rangeClosed(1, widest)
        .mapToObj(vectors -> kernel(unit, unit.whole(), Container.INT,
            TileShape.rows(unit, vectors, unit.vectorBits(0)), vectors))
        .toArray(MicroKernel[]::new);
    long products = 0;
    while (products < PRODUCTS) {
      int vectors = 1 + random.nextInt(widest);
      // 254 products of the smallest words have 31 bits.
      Operands operands = Operands.of(random, unit.mostBits(), 1 + random.nextInt(400),
          1 + random.nextInt(127), vectors * lanes(unit));
      assertThat(
          operands.run(kernels[vectors - 1], TileShape.rows(unit, vectors, unit.vectorBits(0)),
              panel(unit, operands, unit.whole())))
          .isEqualTo(operands.sums());
      products += (long) operands.rows() * operands.k() * operands.columns();
    }
  }
}
