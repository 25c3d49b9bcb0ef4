package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.fixture.GuardedMemory;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.kernels.lanes.loop.TileMemory;
import io.fixlane.kernels.machine.AmxCopy;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Random operands of AMX without a byte to spare. */
final class AmxOperands {
  private static final int GROUP = Integer.BYTES;
  private static final int VALID = 13;
  private static final int PERIOD = 15;

  private final int rows;
  private final int steps;
  private final int columns;
  private final byte[] a;
  private final byte[] w;
  private final int[] addend;

  AmxOperands(int rows, int steps, int columns, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    this.rows = rows;
    this.steps = steps;
    this.columns = columns;
    // Extreme words now and then make the largest sums.
    boolean extreme = random.nextInt(4) == 0;
    this.a = new byte[rows * depth()];
    this.w = new byte[depth() * columns];
    random.nextBytes(a);
    random.nextBytes(w);
    for (int i = 0; extreme && i < a.length; i++) {
      a[i] = (byte) (a[i] < 0 ? 0 : 0xFF);
    }
    for (int i = 0; extreme && i < w.length; i++) {
      w[i] = (byte) (w[i] < 0 ? 0x80 : 0x7F);
    }
    this.addend = random.ints((long) rows * columns).toArray();
  }

  private int depth() {
    return steps * AmxCopy.STEP;
  }

  long products() {
    return (long) rows * depth() * columns;
  }

  int[] sums() {
    int[] sums = addend.clone();
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < depth(); k++) {
        int x = a[i * depth() + k] & 0xFF;
        int place = k / GROUP * columns * GROUP + k % GROUP;
        for (int j = 0; j < columns; j++) {
          sums[i * columns + j] += x * w[place + j * GROUP];
        }
      }
    }
    return sums;
  }

  int[] run(AmxKernel kernel, boolean atEnd) {
    return run(kernel, atEnd, Container.INT, false, false);
  }

  /** The same where rows lie in one distance, with others between them that are not stored. */
  int[] runApart(AmxKernel kernel, boolean atEnd) {
    return run(kernel, atEnd, Container.INT, false, true);
  }

  /** Returns the results of a kernel that casts. */
  int[] runCasting(AmxKernel kernel, Container target) {
    return run(kernel, true, target, true, false);
  }

  /** Packs rows into matrices; returns whether each is stored, which all are. */
  private int[] pack(TileMemory memory, MemorySegment matrices) {
    int[] rowBase = IntStream.range(0, rows).map(i -> i * depth()).toArray();
    AmxCopy.copy(MemorySegment.ofArray(a), matrices, MemorySegment.ofArray(rowBase),
        MemorySegment.ofArray(new int[1]), new AmxCopy.Runs(rows, 0, 1, steps, 0, false),
        memory.numbers, memory.numberMemory);
    memory.places.step = AmxCopy.MATRIX;
    memory.places.row = AmxCopy.STEP;
    memory.places.group = (long) steps * AmxCopy.MATRIX;
    return IntStream.generate(() -> 1).limit(rows).toArray();
  }

  /** Leaves rows as they are, apart from each other; returns whether each is stored. */
  private int[] place(TileMemory memory) {
    memory.places.step = AmxCopy.STEP;
    memory.places.row = depth();
    memory.places.group = (long) depth() * AmxCopy.ROWS;
    memory.places.period = PERIOD;
    memory.places.valid = VALID;
    return IntStream.range(0, memory.places.rows(rows)).map(i -> i % PERIOD < VALID ? 1 : 0)
        .toArray();
  }

  private byte[] apart(int all) {
    byte[] bytes = new byte[Math.ceilDiv(all, AmxCopy.ROWS) * AmxCopy.ROWS * depth()];
    Arrays.fill(bytes, (byte) 77);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(
          a, i * depth(), bytes, (i / VALID * PERIOD + i % VALID) * depth(), depth());
    }
    return bytes;
  }

  private int[] run(
      AmxKernel kernel, boolean atEnd, Container stored, boolean casts, boolean apart) {
    try (GuardedMemory guarded = new GuardedMemory()) {
      Tile tile = new Tile();
      TileMemory memory = tile.memory;
      int[] isStored;
      if (apart) {
        isStored = place(memory);
        memory.a = guarded.copy(MemorySegment.ofArray(apart(isStored.length)), atEnd);
      } else {
        int matrices = Math.ceilDiv(rows, AmxCopy.ROWS);
        memory.a = guarded.copy(
            MemorySegment.ofArray(new byte[matrices * steps * AmxCopy.MATRIX]), atEnd);
        isStored = pack(memory, memory.a);
      }
      memory.rowBase = guarded.copy(MemorySegment.ofArray(isStored), atEnd);
      memory.runBase = guarded.copy(MemorySegment.ofArray(new int[1]), atEnd);
      memory.panel = guarded.copy(MemorySegment.ofArray(w), atEnd);
      memory.addend = guarded.copy(MemorySegment.ofArray(addend), atEnd);
      MemorySegment results = guarded.copy(
          MemorySegment.ofArray(new byte[addend.length * stored.bytes()]), atEnd);
      if (casts) {
        memory.results = results;
        memory.resultStride = (long) columns * stored.bytes();
      } else {
        memory.sums = results;
      }
      tile.runs = 1;
      tile.runLength = steps;
      tile.addendStride = columns;
      tile.sumsStride = columns;
      kernel.multiply(tile, rows, 2 * AmxCopy.ROWS);
      int[] words = new int[addend.length];
      for (int i = 0; i < words.length; i++) {
        words[i] = (int) stored.read(results, (long) i * stored.bytes());
      }
      return words;
    }
  }
}
