package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.kernels.tiles.pack.PackedWeights;
import io.fixlane.kernels.tiles.pack.WeightLayout;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Checks, before a {@link WideDotProduct} is used, that its tiles add what they should to sums of
 * 64 bits, beside the same sums on scalars. What multiplies has been checked by {@link DotCanary}.
 */
final class WideCanary {
  private static final int STEPS = 5;
  private static final int GROUP = 2;
  private static final int K = STEPS * GROUP;

  private final WideDotProduct unit;
  private final int vectors;
  private final int columns;
  private final SplittableRandom random = new SplittableRandom(1);

  private WideCanary(WideDotProduct unit, int vectors) {
    this.unit = unit;
    this.vectors = vectors;
    this.columns = vectors * TileShape.lanes(unit, unit.vectorBits(0));
  }

  /** Returns what a unit computes wrongly, or null. */
  static @Nullable String complaint(WideDotProduct unit) {
    String complaint = null;
    int widest = TileShape.maxVectors(unit, unit.vectorBits(0));
    for (int vectors = 1; vectors <= widest && complaint == null; vectors++) {
      complaint = new WideCanary(unit, vectors).complaint();
    }
    return complaint;
  }

  private @Nullable String complaint() {
    Weights weights = new Weights(words(K * columns, unit.mostBits()), columns);
    WeightLayout layout = unit.whole();
    int tileRows = TileShape.rows(unit, vectors, unit.vectorBits(0));
    String complaint = null;
    for (int rows = tileRows; rows < 2 * tileRows && complaint == null; rows++) {
      complaint = complaint(weights, layout, Container.INT, tileRows, rows);
    }
    Weights few = new Weights(words(K * columns, unit.mostBits() - 1), columns);
    WeightLayout half = unit.half(few, vectors);
    for (int rows = 1; half != null && rows <= TileShape.NARROW_ROWS && complaint == null; rows++) {
      complaint = complaint(few, half, Container.SHORT, rows, rows);
    }
    return complaint;
  }

  private @Nullable String complaint(
      Weights weights, WeightLayout layout, Container stored, int tileRows, int rows) {
    int bits = unit.vectorBits(0);
    MicroKernel kernel = MicroKernels.of(new TileShape(
        unit, Access.BROADCAST, stored, layout.planes(), tileRows, vectors, bits));
    short[] a = new short[rows * K];
    long[] words = words(a.length, Short.SIZE);
    IntStream.range(0, a.length).forEach(i -> a[i] = (short) words[i]);
    long[] addend = random.longs(rows * columns).toArray();
    long[] sums = new long[addend.length];
    Tile tile = new Tile();
    tile.runs = 1;
    tile.runLength = STEPS;
    tile.addendStride = columns;
    tile.sumsStride = columns;
    tile.memory.a = MemorySegment.ofArray(a);
    tile.memory.rowBase =
        MemorySegment.ofArray(IntStream.range(0, rows).map(row -> row * K).toArray());
    tile.memory.runBase = MemorySegment.ofArray(new int[1]);
    tile.memory.panel = PackedWeights.of(
        weights, layout, TileShape.lanes(unit, bits), vectors).words();
    tile.memory.addend = MemorySegment.ofArray(addend);
    tile.memory.sums = MemorySegment.ofArray(sums);
    kernel.multiply(tile, rows, tileRows);
    for (int i = 0; i < sums.length; i++) {
      long expected = addend[i];
      for (int k = 0; k < K; k++) {
        expected += a[i / columns * K + k] * weights.at(k, i % columns);
      }
      if (sums[i] != expected) {
        return "row " + i / columns + " of " + rows + ", column " + i % columns + " of " + columns
            + " is " + sums[i] + " and not " + expected;
      }
    }
    return null;
  }

  /** Returns words of so many bits, of which every other one is the smallest or the largest. */
  private long[] words(int count, int bits) {
    long low = -1L << bits - 1;
    return random.longs(count, 4 * low, -4 * low)
        .map(word -> Math.clamp(random.nextBoolean() ? word : word >> 2, low, ~low)).toArray();
  }

  /** Words as a matrix. */
  private record Weights(long[] words, int n) implements WeightMatrix {
    @Override
    public int k() {
      return words.length / n;
    }

    @Override
    public long at(int k, int column) {
      return words[(int) index(k, column)];
    }

    @Override
    public long index(int k, int column) {
      return (long) k * n + column;
    }
  }
}
