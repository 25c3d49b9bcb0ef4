package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.kernels.lanes.loop.TileMemory;
import io.fixlane.kernels.machine.BiasedCopy;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Checks, before machine code is used, that it computes what it should: each tile of a unit, on
 * words at the ends of their range and others, beside the same sums on scalars.
 */
final class DotCanary {
  private static final int STEPS = 5;
  private static final int[] RUN_BASE = {0, STEPS + 2};
  private static final int ROW_STRIDE = 2 * STEPS + 3;

  private final DotProduct unit;
  private final int columns;
  private final int rows;
  private final int group;
  private final SplittableRandom random = new SplittableRandom(1);

  private DotCanary(DotProduct unit, int vectors) {
    int bits = unit.instructions().bits();
    this.unit = unit;
    this.columns = vectors * TileShape.lanes(unit, bits);
    // Two whole tiles, and all that can be left.
    this.rows = 3 * TileShape.rows(unit, vectors, bits) - 1;
    this.group = Integer.BYTES / unit.activation().bytes();
  }

  /** Returns what a unit computes wrongly, or null. */
  static @Nullable String complaint(DotProduct unit) {
    if (unit.activation() == Container.BYTE && !copiesRightly()) {
      return "bytes are not copied as those of the other sign";
    }
    int widest = TileShape.maxVectors(unit, unit.instructions().bits());
    for (int vectors = 1; vectors <= widest; vectors++) {
      DotKernel kernel = new DotKernel(unit, vectors);
      int tileRows = TileShape.rows(unit, vectors, unit.instructions().bits());
      for (int rows = 3 * tileRows - 1; rows > 0; rows--) {
        String complaint = new DotCanary(unit, vectors).complaint(kernel, rows, tileRows);
        if (complaint != null) {
          return complaint;
        }
      }
    }
    return null;
  }

  /** Copies every byte there is. */
  private static boolean copiesRightly() {
    byte[] words = new byte[1 << Byte.SIZE];
    byte[] expected = new byte[words.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = (byte) (i - 128);
      expected[i] = (byte) i;
    }
    byte[] copied = new byte[words.length];
    TileMemory memory = new TileMemory();
    BiasedCopy.copy(MemorySegment.ofArray(words), 0, MemorySegment.ofArray(copied), 0,
        words.length, memory.numbers, memory.numberMemory);
    return Arrays.equals(expected, copied);
  }

  private @Nullable String complaint(DotKernel kernel, int count, int tileRows) {
    boolean bytes = unit.activation() == Container.BYTE;
    long[] a = words(rows * ROW_STRIDE * group, unit.signed());
    long[] w = words(RUN_BASE.length * STEPS * columns * group, true);
    Tile tile = new Tile();
    int[] rowBase = new int[rows];
    for (int i = 0; i < rows; i++) {
      rowBase[i] = i * ROW_STRIDE;
    }
    tile.runs = RUN_BASE.length;
    tile.runLength = STEPS;
    tile.aOffset = 1;
    int[] addend = random.ints(columns).toArray();
    int[] sums = new int[rows * columns];
    tile.memory.a = bytes ? MemorySegment.ofArray(toBytes(a)) : MemorySegment.ofArray(toShorts(a));
    tile.memory.rowBase = MemorySegment.ofArray(rowBase);
    tile.memory.runBase = MemorySegment.ofArray(RUN_BASE);
    tile.memory.panel = MemorySegment.ofArray(packed(w));
    tile.memory.addend = MemorySegment.ofArray(addend);
    tile.memory.sums = MemorySegment.ofArray(sums);
    tile.sumsStride = columns;
    kernel.multiply(tile, count, tileRows);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int expected = i < count ? addend[j] + sum(a, w, i, j) : 0;
        if (sums[i * columns + j] != expected) {
          return "row " + i + " of " + count + ", column " + j + " of " + columns + " is "
              + sums[i * columns + j] + " and not " + expected;
        }
      }
    }
    return null;
  }

  /** Returns a sum of products, modulo 2<sup>32</sup>. */
  private int sum(long[] a, long[] w, int row, int column) {
    int sum = 0;
    for (int step = 0; step < RUN_BASE.length * STEPS; step++) {
      int place = row * ROW_STRIDE + RUN_BASE[step / STEPS] + 1 + step % STEPS;
      for (int t = 0; t < group; t++) {
        sum += (int) (a[place * group + t] * w[(step * columns + column) * group + t]);
      }
    }
    return sum;
  }

  /** Returns words of which every other one is the smallest or the largest. */
  private long[] words(int count, boolean signed) {
    int bits = unit.activation().bits();
    long low = signed ? -1L << bits - 1 : 0;
    long high = low + (1L << bits) - 1;
    return random.longs(count, 4 * low, 4 * high)
        .map(word -> Math.clamp(random.nextBoolean() ? word : word >> 2, low, high)).toArray();
  }

  private static byte[] toBytes(long[] words) {
    byte[] bytes = new byte[words.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) words[i];
    }
    return bytes;
  }

  private static short[] toShorts(long[] words) {
    short[] shorts = new short[words.length];
    for (int i = 0; i < shorts.length; i++) {
      shorts[i] = (short) words[i];
    }
    return shorts;
  }

  private int[] packed(long[] words) {
    int bits = unit.activation().bits();
    int[] packed = new int[words.length / group];
    for (int i = 0; i < words.length; i++) {
      packed[i / group] |= (int) ((words[i] & (1L << bits) - 1) << i % group * bits);
    }
    return packed;
  }
}
