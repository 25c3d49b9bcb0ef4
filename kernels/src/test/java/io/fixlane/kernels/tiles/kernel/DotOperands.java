package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.fixture.GuardedMemory;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.kernels.lanes.loop.TileMemory;
import io.fixlane.kernels.tiles.pack.DotLayout;
import io.fixlane.kernels.tiles.pack.PackedWeights;
import io.fixlane.kernels.tiles.pack.WeightLayout;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import io.fixlane.kernels.tiles.pack.Workspace;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Random operands without a word to spare: rows follow each other, and so do runs. */
final class DotOperands implements WeightMatrix {
  private final int rows;
  private final int runs;
  private final int steps;
  private final int columns;
  private final int group;
  private final int[] a;
  private final int[] w;
  private final int[] addend;
  private final boolean bytes;
  private final boolean lanewise;
  private final int lanes;
  final WeightLayout layout;

  DotOperands(DotProduct unit, int rows, int runs, int steps, int columns, int seed) {
    this(unit, Access.BROADCAST, rows, runs, steps, columns, seed, false);
  }

  /** Makes operands of which each column has activations of its own, of one step in a run. */
  static DotOperands lanewise(DotProduct unit, int rows, int runs, int columns, int seed) {
    return new DotOperands(unit, Access.LANEWISE, rows, runs, 1, columns, seed, false);
  }

  /** Makes operands, their weights of half the bits where they are to be stored so. */
  DotOperands(DotProduct unit, int rows, int runs, int steps, int columns, int seed, boolean half) {
    this(unit, Access.BROADCAST, rows, runs, steps, columns, seed, half);
  }

  private DotOperands(DotProduct unit, Access access, int rows, int runs, int steps, int columns,
      int seed, boolean half) {
    SplittableRandom random = new SplittableRandom(seed);
    this.rows = rows;
    this.runs = runs;
    this.steps = steps;
    this.columns = columns;
    this.lanewise = access == Access.LANEWISE;
    this.bytes = unit.activation() == Container.BYTE;
    this.group = bytes ? 4 : 2;
    boolean signed = unit.signed();
    int low = bytes ? Byte.MIN_VALUE : Short.MIN_VALUE;
    int unused = Integer.SIZE - unit.activation().bits();
    // Extreme words now and then make the largest sums.
    boolean extreme = random.nextInt(4) == 0;
    this.a = random.ints((long) rows * runs * runGroups() * group)
        .map(word -> extreme ? word < 0 ? low : ~low : word >> unused)
        .map(word -> signed ? word : word - low).toArray();
    int fewer = unit.activation().bits()
        - (half ? unit.activation().bits() / 2 : unit.weightBits());
    this.w = random.ints((long) runs * steps * columns * group).map(word -> extreme
        ? (word < 0 ? low : ~low) >> fewer
        : word >> unused + fewer).toArray();
    this.addend = random.ints((long) rows * columns).toArray();
    this.lanes = TileShape.lanes(unit, unit.instructions().bits());
    this.layout = half ? unit.half(this, columns / lanes) : new DotLayout(unit.activation());
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
          int place = (t * runs * steps + step) * columns;
          for (int j = 0; j < columns; j++) {
            int x = lanewise ? (i * runs + step) * columns + j : i * runs * steps + step;
            sums[i * columns + j] += a[x * group + t] * w[place + j];
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

  /** Chooses addends that make the sums these. */
  void makeSums(int[] wanted) {
    int[] sums = sums();
    for (int i = 0; i < addend.length; i++) {
      addend[i] += wanted[i] - sums[i];
    }
  }

  int[] run(DotKernel kernel, int tileRows, boolean atEnd) {
    return run(kernel, tileRows, atEnd, null).toArray(ValueLayout.JAVA_INT_UNALIGNED);
  }

  /** Returns the results of a kernel that casts, which lie without a word between rows. */
  MemorySegment runCasting(DotKernel kernel, int tileRows, boolean atEnd, Container target) {
    return run(kernel, tileRows, atEnd, target);
  }

  private MemorySegment run(DotKernel kernel, int tileRows, boolean atEnd,
      @Nullable Container target) {
    try (GuardedMemory guarded = new GuardedMemory()) {
      Tile tile = tile();
      TileMemory memory = tile.memory;
      memory.a = guarded.copy(activations(), atEnd);
      memory.rowBase = guarded.copy(rowBase(), atEnd);
      memory.runBase = guarded.copy(runBase(), atEnd);
      memory.panel = guarded.copy(panel(), atEnd);
      memory.addend = guarded.copy(MemorySegment.ofArray(addend), atEnd);
      int bytes = target == null ? Integer.BYTES : target.bytes();
      MemorySegment stored =
          guarded.copy(MemorySegment.ofArray(new byte[addend.length * bytes]), atEnd);
      if (target == null) {
        memory.sums = stored;
      } else {
        memory.results = stored;
        memory.resultStride = (long) columns * bytes;
      }
      kernel.multiply(tile, rows, tileRows);
      return MemorySegment.ofArray(stored.toArray(ValueLayout.JAVA_BYTE));
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

  /** Returns the groups of activations of a run. */
  private int runGroups() {
    return lanewise ? columns : steps;
  }

  /** Returns the same in what places count in: groups, where each column has its own. */
  private int runPlaces() {
    return lanewise ? columns : steps * group;
  }

  private MemorySegment rowBase() {
    int[] rowBase = new int[rows];
    for (int i = 0; i < rows; i++) {
      rowBase[i] = i * runs * runPlaces();
    }
    return MemorySegment.ofArray(rowBase);
  }

  private MemorySegment runBase() {
    int[] runBase = new int[runs];
    for (int r = 0; r < runs; r++) {
      runBase[r] = r * runPlaces();
    }
    return MemorySegment.ofArray(runBase);
  }
}
