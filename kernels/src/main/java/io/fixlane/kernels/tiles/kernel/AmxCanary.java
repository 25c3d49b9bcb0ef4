package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.kernels.lanes.loop.TileMemory;
import io.fixlane.kernels.machine.AmxCopy;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Checks, before AMX is used, that it computes what it should: tiles of each width, of all numbers
 * of rows that take other code, on bytes at the ends of their range and others, beside the same
 * sums on scalars.
 */
final class AmxCanary {
  private static final int STEPS = 2;
  private static final int[] RUN_BASE = {0, 3 * AmxCopy.STEP + 5};
  private static final int ALL_STEPS = RUN_BASE.length * STEPS;
  private static final int ROW_STRIDE = 7;
  private static final int GROUP = Integer.BYTES;
  private static final int ROWS = 61;
  private static final int[] COUNTS = {ROWS, 32, 24, 16, 9, 1};
  /** Of rows in one distance, those that are stored, before others that are not. */
  private static final int VALID = 11;
  private static final int PERIOD = 14;

  private final TileShape shape;
  private final int columns;
  private final SplittableRandom random = new SplittableRandom(1);
  private final byte[] a;
  private final byte[] w;
  private final int[] addend;

  private AmxCanary(TileShape shape) {
    this.shape = shape;
    this.columns = shape.columns();
    // Room for the rows that a matrix has beyond the last.
    this.a = words(RUN_BASE[1] + STEPS * AmxCopy.STEP + 2 * ROWS * ROW_STRIDE);
    this.w = words(ALL_STEPS * AmxCopy.STEP * columns);
    this.addend = random.ints(columns).toArray();
  }

  /** Returns what a unit computes wrongly, or null. */
  static @Nullable String complaint(AmxDotProduct unit) {
    String complaint = null;
    int widest = TileShape.maxVectors(unit, unit.instructions().bits());
    for (int vectors = 1; vectors <= widest && complaint == null; vectors++) {
      AmxCanary canary = new AmxCanary(unit.shape(vectors));
      complaint = canary.complaintOfCast(null);
      for (int i = 0; i < DotCanary.CASTS.size() && complaint == null; i++) {
        complaint = canary.complaintOfCast(DotCanary.CASTS.get(i));
      }
    }
    return complaint;
  }

  private @Nullable String complaintOfCast(@Nullable RegisterCast cast) {
    for (int rows : COUNTS) {
      for (boolean packed : new boolean[] {true, false}) {
        String complaint = complaint(rows, packed, cast);
        if (complaint != null) {
          return complaint;
        }
      }
    }
    return null;
  }

  /** Computes rows that are packed into matrices, or lie in one distance from each other. */
  private @Nullable String complaint(int rows, boolean packed, @Nullable RegisterCast cast) {
    Container stored = cast == null ? Container.INT : cast.target();
    MemorySegment results = MemorySegment.ofArray(new byte[ROWS * columns * stored.bytes()]);
    Tile tile = tile();
    if (packed) {
      pack(tile, rows);
    } else {
      place(tile, rows);
    }
    tile.memory.sums = results;
    tile.memory.results = results;
    tile.memory.resultStride = (long) columns * stored.bytes();
    AmxKernel.of(shape, cast).multiply(tile, rows, shape.rows());
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < columns; j++) {
        int sum = i < rows ? sum(i, j) : 0;
        long expected = i >= rows ? 0 : cast == null ? sum : cast.apply(sum);
        long word = stored.read(results, (long) (i * columns + j) * stored.bytes());
        if (word != expected) {
          return "row " + i + " of " + rows + ", column " + j + " of " + columns + " is " + word
              + " and not " + expected + (cast == null ? "" : ", as " + cast + " has it");
        }
      }
    }
    return null;
  }

  private Tile tile() {
    Tile tile = new Tile();
    tile.memory.panel = MemorySegment.ofArray(w);
    tile.memory.addend = MemorySegment.ofArray(addend);
    tile.sumsStride = columns;
    return tile;
  }

  private void pack(Tile tile, int rows) {
    TileMemory memory = tile.memory;
    int matrices = Math.ceilDiv(rows, AmxCopy.ROWS);
    memory.a =
        Arena.ofAuto().allocate((long) matrices * ALL_STEPS * AmxCopy.MATRIX, AmxCopy.STEP);
    int[] rowBase = IntStream.range(0, rows).map(AmxCanary::place).toArray();
    AmxCopy.copy(MemorySegment.ofArray(a), memory.a, MemorySegment.ofArray(rowBase),
        MemorySegment.ofArray(RUN_BASE), new AmxCopy.Runs(rows, 0, RUN_BASE.length, STEPS, 0, true),
        memory.numbers, memory.numberMemory);
    tile.runs = 1;
    tile.runLength = ALL_STEPS;
    memory.places.step = AmxCopy.MATRIX;
    memory.places.row = AmxCopy.STEP;
    memory.places.group = (long) ALL_STEPS * AmxCopy.MATRIX;
    memory.rowBase = MemorySegment.ofArray(IntStream.generate(() -> 1).limit(rows).toArray());
    memory.runBase = MemorySegment.ofArray(new int[1]);
  }

  private void place(Tile tile, int rows) {
    TileMemory memory = tile.memory;
    byte[] biased = a.clone();
    for (int i = 0; i < a.length; i++) {
      biased[i] ^= Byte.MIN_VALUE;
    }
    memory.a = MemorySegment.ofArray(biased);
    tile.runs = RUN_BASE.length;
    tile.runLength = STEPS;
    memory.places.step = AmxCopy.STEP;
    memory.places.row = ROW_STRIDE;
    memory.places.group = AmxCopy.ROWS * ROW_STRIDE;
    memory.places.period = PERIOD;
    memory.places.valid = VALID;
    memory.rowBase = MemorySegment.ofArray(IntStream.range(0, memory.places.rows(rows))
        .map(i -> i % PERIOD < VALID ? 1 : 0).toArray());
    memory.runBase = MemorySegment.ofArray(RUN_BASE);
  }

  /** Returns where a row starts. */
  private static int place(int row) {
    return (row / VALID * PERIOD + row % VALID) * ROW_STRIDE;
  }

  /** Returns a sum of products, modulo 2<sup>32</sup>. */
  private int sum(int row, int column) {
    int sum = addend[column];
    for (int k = 0; k < ALL_STEPS * AmxCopy.STEP; k++) {
      int run = k / (STEPS * AmxCopy.STEP);
      int x = a[place(row) + RUN_BASE[run] + k % (STEPS * AmxCopy.STEP)] + 128;
      sum += x * w[(k / GROUP * columns + column) * GROUP + k % GROUP];
    }
    return sum;
  }

  /** Returns bytes, of which every other one is at an end of a range, signed or unsigned. */
  private byte[] words(int count) {
    byte[] words = new byte[count];
    for (int i = 0; i < count; i++) {
      int end = random.nextInt(2) * 0x7F + random.nextInt(2) * 0x80;
      words[i] = (byte) (random.nextBoolean() ? random.nextInt() : end);
    }
    return words;
  }
}
