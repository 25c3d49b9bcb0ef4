package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.fixture.GuardedMemory;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.kernels.lanes.loop.TileMemory;
import io.fixlane.kernels.machine.AmxCopy;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Random operands of AMX without a byte to spare. */
final class AmxOperands {
  private static final int GROUP = Integer.BYTES;

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
    return run(kernel, atEnd, Container.INT, false);
  }

  /** Returns the results of a kernel that casts. */
  int[] runCasting(AmxKernel kernel, Container target) {
    return run(kernel, true, target, true);
  }

  private int[] run(AmxKernel kernel, boolean atEnd, Container stored, boolean casts) {
    try (GuardedMemory guarded = new GuardedMemory()) {
      int matrices = Math.ceilDiv(rows, AmxCopy.ROWS);
      int[] rowBase = new int[rows];
      for (int i = 0; i < rows; i++) {
        rowBase[i] = i * depth();
      }
      Tile tile = new Tile();
      TileMemory memory = tile.memory;
      memory.a = guarded.copy(
          MemorySegment.ofArray(new byte[matrices * steps * AmxCopy.MATRIX]), atEnd);
      AmxCopy.copy(MemorySegment.ofArray(a), memory.a, MemorySegment.ofArray(rowBase),
          MemorySegment.ofArray(new int[1]), new AmxCopy.Runs(rows, 0, 1, steps, 0, false),
          memory.numbers, memory.numberMemory);
      memory.places.step = AmxCopy.MATRIX;
      memory.places.row = AmxCopy.STEP;
      memory.places.group = (long) steps * AmxCopy.MATRIX;
      int[] all = new int[rows];
      Arrays.fill(all, 1);
      memory.rowBase = guarded.copy(MemorySegment.ofArray(all), atEnd);
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
