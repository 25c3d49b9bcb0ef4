package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.kernels.lanes.loop.TileMemory;
import io.fixlane.kernels.machine.CodeMemory;
import io.fixlane.kernels.machine.MachineCall;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls the machine code of a {@link DotProduct}, once for all rows of a panel, or a few times
 * where they are many.
 */
final class DotKernel implements MicroKernel {
  // A call keeps the collector waiting, and AVX2 computes so many in a quarter of a millisecond.
  private static final long MOST_LANES = 1 << 23;
  /** The lower half of each byte. */
  private static final long LOWER_HALVES = 0x0F0F_0F0FL;
  /** 8 in each byte. */
  private static final long EIGHTS = 0x0808_0808L;
  /** 1 in each word of 16 bits. */
  private static final long ONES = 0x0001_0001L;

  /** The code that casts, by what it depends on: plans have many casts, and these few forms. */
  private static final Map<CastTile, MemorySegment> CASTING = new ConcurrentHashMap<>();

  private final MemorySegment code;
  private final @Nullable RegisterCast cast;
  private final int tileRows;
  private final int columns;
  private final int wordBytes;
  private final int sumBytes;
  private final long lower;

  private record CastTile(TileShape shape, RegisterCast.Form form) {}

  private DotKernel(MemorySegment code, DotProduct unit, TileShape shape,
      @Nullable RegisterCast cast, Container sum) {
    this.code = code;
    this.cast = cast;
    this.tileRows = shape.rows();
    this.columns = shape.columns();
    this.sumBytes = sum.bytes();
    this.wordBytes = shape.stored().bytes();
    this.lower = unit.activation() == Container.BYTE ? LOWER_HALVES : ONES;
  }

  /** Writes the code for tiles of a shape. */
  DotKernel(DotProduct unit, TileShape shape) {
    this(CodeMemory.of(unit.code(shape)), unit, shape, null, unit.sum());
  }

  /** Returns a kernel of code that adds sums to sums of 64 bits. */
  static DotKernel wide(byte[] code, DotProduct unit, TileShape shape) {
    return new DotKernel(CodeMemory.of(code), unit, shape, null, Container.LONG);
  }

  /** Returns a kernel that casts sums before it stores them, or null where the unit has none. */
  static @Nullable DotKernel casting(DotProduct unit, TileShape shape, RegisterCast cast) {
    MemorySegment code = CASTING.computeIfAbsent(new CastTile(shape, cast.form()), key -> {
      byte[] written = unit.castingCode(key.shape(), key.form());
      return written == null ? null : CodeMemory.of(written);
    });
    return code == null ? null : new DotKernel(code, unit, shape, cast, unit.sum());
  }

  @Override
  public void multiply(Tile tile) {
    multiply(tile, tileRows, tileRows);
  }

  @Override
  public void multiply(Tile tile, int rows, int rowsOfTile) {
    long lanesOfTile = (long) tile.runs * tile.runLength * columns * tileRows;
    int most = Math.clamp(MOST_LANES / lanesOfTile, 1, rows) * tileRows;
    for (int i = 0; i < rows; i += most) {
      call(tile, i, Math.min(most, rows - i));
    }
  }

  /** Computes so many rows from one on. */
  private void call(Tile tile, int row, int rows) {
    TileMemory memory = tile.memory;
    long[] numbers = memory.numbers;
    numbers[DotNumbers.TILES] = rows / tileRows;
    numbers[DotNumbers.REST] = rows % tileRows;
    numbers[DotNumbers.RUNS] = tile.runs;
    numbers[DotNumbers.STEPS] = tile.runLength;
    numbers[DotNumbers.ROW] = inBytes(tile.row + row);
    numbers[DotNumbers.RUN] = inBytes(tile.run);
    numbers[DotNumbers.ACTIVATION] = inBytes(tile.aOffset);
    numbers[DotNumbers.PANEL] = (long) tile.panelOffset * wordBytes;
    numbers[DotNumbers.ADDEND] =
        (long) (tile.addendOffset + row * tile.addendStride) * sumBytes;
    numbers[DotNumbers.ADDEND_STRIDE] = (long) tile.addendStride * sumBytes;
    numbers[DotNumbers.STEPS_OF_FOUR] = tile.runLength & -4L;
    numbers[DotNumbers.LOWER] = lower;
    numbers[DotNumbers.ONES] = ONES;
    numbers[DotNumbers.BIASES] = EIGHTS;
    MemorySegment stored = RegisterCast.tellTarget(cast, tile, row, sumBytes);
    MachineCall.call(code, memory.a, memory.rowBase, memory.runBase, memory.panel, memory.addend,
        stored, memory.numberMemory);
  }

  /** Places of bases and steps count in 32 bits. */
  private static long inBytes(int place) {
    return (long) place * Integer.BYTES;
  }
}
