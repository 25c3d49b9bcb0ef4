package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.kernels.lanes.loop.TileMemory;
import io.fixlane.kernels.machine.BiasedCopy;
import io.fixlane.kernels.machine.NeighbourCopy;
import io.fixlane.kernels.tiles.kernel.RegisterCast.Added;
import io.fixlane.kernels.tiles.pack.DotLayout;
import io.fixlane.kernels.tiles.pack.PackedWeights;
import io.fixlane.kernels.tiles.pack.WeightLayout;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import io.fixlane.kernels.tiles.pack.Workspace;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Checks, before machine code is used, that it computes what it should: each tile of a unit, on
 * words at the ends of their range and others, beside the same sums on scalars.
 */
final class DotCanary {
  private static final int STEPS = 5;
  private static final int[] RUN_BASE = {0, STEPS + 2};
  private static final int ROW_STRIDE = 2 * STEPS + 3;
  /** A cast for tiles of each width, that rounds, saturates or wraps, into each container. */
  static final List<RegisterCast> CASTS = List.of(
      new RegisterCast(new RegisterCast.Form(Added.ODD, 0, true, Container.BYTE),
          -(1 << 20), 127 << 13 | 4095, 4095, 1, 13),
      new RegisterCast(new RegisterCast.Form(Added.NEGATIVE, 0, true, Container.SHORT),
          -(1 << 25), (1 << 25) - 1, 0, 1023, 10),
      new RegisterCast(new RegisterCast.Form(Added.NEVER, 26, false, Container.BYTE),
          Integer.MIN_VALUE, Integer.MAX_VALUE, 64, 0, 7),
      new RegisterCast(new RegisterCast.Form(Added.NEVER, 4, true, Container.INT),
          0, Integer.MAX_VALUE - 1, 1, 0, 1));

  private final DotProduct unit;
  private final TileShape shape;
  private final int columns;
  private final int group;
  private final int steps;
  private final SplittableRandom random = new SplittableRandom(1);

  private DotCanary(DotProduct unit, TileShape shape) {
    this.unit = unit;
    this.shape = shape;
    this.columns = shape.columns();
    this.group = Integer.BYTES / unit.activation().bytes();
    this.steps = shape.lanewise() ? 1 : STEPS;
  }

  /** Returns what a unit computes wrongly, or null. */
  static @Nullable String complaint(DotProduct unit) {
    if (unit.activation() == Container.BYTE && !copiesRightly()) {
      return "bytes are not copied as those of the other sign";
    }
    if (unit.lanewise() && !joinsRightly(unit.activation())) {
      return "activations are not put beside their neighbours";
    }
    int widest = TileShape.maxVectors(unit, unit.instructions().bits());
    String complaint = null;
    for (int vectors = 1; vectors <= widest && complaint == null; vectors++) {
      TileShape shape = unit.shape(vectors);
      complaint = complaint(unit, shape);
      if (unit.lanewise() && complaint == null) {
        complaint = complaint(unit, unit.shape(Access.LANEWISE, vectors));
      }
      for (int rows = 1; rows <= TileShape.NARROW_ROWS && complaint == null; rows++) {
        TileShape narrow = new TileShape(
            unit, shape.access(), Container.SHORT, 1, rows, vectors, shape.bits());
        complaint = new DotCanary(unit, narrow).complaint(rows, true);
      }
    }
    return complaint;
  }

  /** Computes two whole tiles, and all that can be left. */
  private static @Nullable String complaint(DotProduct unit, TileShape shape) {
    return new DotCanary(unit, shape).complaint(3 * shape.rows() - 1, false);
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

  /** Puts words of two pixels into lanes, in steps of one and of two chains. */
  private static boolean joinsRightly(Container word) {
    boolean right = true;
    for (int channels = NeighbourCopy.STEP; channels <= 2 * NeighbourCopy.STEP; channels *= 2) {
      MemorySegment words = MemorySegment.ofArray(new byte[2 * channels * word.bytes()]);
      for (int i = 0; i < words.byteSize(); i++) {
        words.set(ValueLayout.JAVA_BYTE, i, (byte) (i * 37));
      }
      int[] lanes = new int[2 * channels];
      TileMemory memory = new TileMemory();
      NeighbourCopy.copy(word.bytes(), words, MemorySegment.ofArray(lanes), 0,
          new NeighbourCopy.Pixels(channels, 2, channels, 1, 0), memory.numbers,
          memory.numberMemory);
      long mask = (1L << word.bits()) - 1;
      for (int i = 0; i < lanes.length; i++) {
        long one = word.read(words, (long) i * word.bytes()) & mask;
        long next = i < channels ? word.read(words, (long) (i + channels) * word.bytes()) : 0;
        right &= lanes[i] == (int) (one | (next & mask) << word.bits());
      }
    }
    return right;
  }

  /**
   * Computes with up to so many rows.
   *
   * @param half whether weights are stored in half the memory, where that can be
   */
  private @Nullable String complaint(int most, boolean half) {
    long[] w = words(RUN_BASE.length * steps * columns * group,
        half ? unit.activation().bits() / 2 : unit.weightBits(), true);
    WeightMatrix weights = matrix(w);
    WeightLayout full = new DotLayout(unit.activation());
    WeightLayout layout = half ? unit.half(weights, shape.vectors()) : full;
    if (layout == null) {
      return null;
    }
    PackedWeights packed = packed(weights, layout);
    if (half && !Arrays.equals((int[]) packed(weights, full).array(), widened(packed, layout))) {
      return "weights of half the bits are not widened to what they are";
    }
    DotKernel kernel = new DotKernel(unit, shape);
    for (int rows = most; rows > 0 && (rows == most || !half); rows--) {
      String complaint = complaint(kernel, null, w, packed, most, rows);
      if (complaint != null) {
        return complaint;
      }
    }
    RegisterCast cast = CASTS.get(shape.vectors() - 1);
    DotKernel casting = half ? null : DotKernel.casting(unit, shape, cast);
    return casting == null ? null : complaint(casting, cast, w, packed, most, most);
  }

  /**
   * Computes some of the rows.
   *
   * @param cast what sums are cast by, or null
   */
  private @Nullable String complaint(DotKernel kernel, @Nullable RegisterCast cast, long[] w,
      PackedWeights packed, int rows, int count) {
    boolean bytes = unit.activation() == Container.BYTE;
    int last = RUN_BASE.length * steps - 1;
    long[] a = words(
        place(rows - 1, last, columns - 1) + group, unit.activation().bits(), unit.signed());
    Tile tile = new Tile();
    tile.runs = RUN_BASE.length;
    tile.runLength = steps;
    tile.aOffset = 1;
    int[] addend = random.ints(columns).toArray();
    Container stored = cast == null ? Container.INT : cast.target();
    MemorySegment results = MemorySegment.ofArray(new byte[rows * columns * stored.bytes()]);
    tile.memory.a = bytes ? MemorySegment.ofArray(toBytes(a)) : MemorySegment.ofArray(toShorts(a));
    tile.memory.rowBase =
        MemorySegment.ofArray(IntStream.range(0, rows).map(this::rowBase).toArray());
    tile.memory.runBase =
        MemorySegment.ofArray(IntStream.range(0, RUN_BASE.length).map(this::runBase).toArray());
    tile.memory.panel = packed.words();
    tile.memory.addend = MemorySegment.ofArray(addend);
    tile.memory.sums = results;
    tile.memory.results = results;
    tile.memory.resultStride = (long) columns * stored.bytes();
    tile.sumsStride = columns;
    kernel.multiply(tile, count, shape.rows());
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int sum = addend[j] + sum(a, w, i, j);
        long expected = i >= count ? 0 : cast == null ? sum : cast.apply(sum);
        long word = stored.read(results, (long) (i * columns + j) * stored.bytes());
        if (word != expected) {
          return "row " + i + " of " + count + ", column " + j + " of " + columns + " is "
              + word + " and not " + expected + (cast == null ? "" : ", as " + cast + " has it");
        }
      }
    }
    return null;
  }

  /** Returns weights as a matrix: all steps of a group and a column are neighbours. */
  private WeightMatrix matrix(long[] w) {
    return new WeightMatrix() {
      @Override
      public int k() {
        return RUN_BASE.length * steps * group;
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
        return (k / group * columns + n) * group + k % group;
      }
    };
  }

  private PackedWeights packed(WeightMatrix weights, WeightLayout layout) {
    return PackedWeights.of(weights, layout, shape.lanes(), shape.vectors());
  }

  private int[] widened(PackedWeights packed, WeightLayout layout) {
    int[] lanes = new int[RUN_BASE.length * steps * columns];
    layout.widening(packed.stored(), unit.lane()).compute(
        Workspace.own(), packed.words(), 0, MemorySegment.ofArray(lanes), 0, lanes.length);
    return lanes;
  }

  /** Returns a sum of products, modulo 2<sup>32</sup>. */
  private int sum(long[] a, long[] w, int row, int column) {
    int sum = 0;
    for (int step = 0; step < RUN_BASE.length * steps; step++) {
      int place = place(row, step, column);
      for (int t = 0; t < group; t++) {
        sum += (int) (a[place + t] * w[(step * columns + column) * group + t]);
      }
    }
    return sum;
  }

  /** Returns where the first activation of a step lies, from one group on. */
  private int place(int row, int step, int column) {
    int base = rowBase(row) + runBase(step / steps);
    return shape.lanewise()
        ? (base + 1 + column) * group
        : base + (1 + step % steps) * group;
  }

  /** Returns a row's place: in groups, or one activation beyond whole ones. */
  private int rowBase(int row) {
    return shape.lanewise() ? row * (columns + ROW_STRIDE) : row * ROW_STRIDE * group + 1;
  }

  private int runBase(int run) {
    return shape.lanewise() ? RUN_BASE[run] : RUN_BASE[run] * group;
  }

  /** Returns words of so many bits, of which every other one is the smallest or the largest. */
  private long[] words(int count, int bits, boolean signed) {
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
}
