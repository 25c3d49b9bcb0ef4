package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.loop.MatrixPlaces;
import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.kernels.lanes.loop.TileMemory;
import io.fixlane.kernels.machine.AmxCopy;
import io.fixlane.kernels.machine.CodeMemory;
import io.fixlane.kernels.machine.MachineCall;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls the machine code of an {@link AmxDotProduct}, once for all rows of a panel, or a few times
 * where they are many; and that of vpdpbusd where they are few.
 */
final class AmxKernel implements MicroKernel {
  // A call keeps the collector waiting, and AMX computes so many in a quarter of a millisecond.
  private static final long MOST_PRODUCTS = 1L << 27;
  /** The rows that are cast and stored in one turn. */
  static final int ROWS_OF_TURN = 4;

  private static final Map<Code, MemorySegment> WRITTEN = new ConcurrentHashMap<>();

  private final MemorySegment code;
  private final MicroKernel few;
  private final @Nullable RegisterCast cast;
  private final int fewRows;
  private final int tileRows;
  private final int columns;

  private record Code(TileShape shape, RegisterCast.@Nullable Form form) {}

  private AmxKernel(MemorySegment code, MicroKernel few, TileShape shape,
      @Nullable RegisterCast cast) {
    this.code = code;
    this.few = few;
    this.cast = cast;
    this.fewRows = AmxDotProduct.VNNI.shape(shape.vectors()).rows();
    this.tileRows = shape.rows();
    this.columns = shape.columns();
  }

  /**
   * Returns the kernel for tiles of a shape.
   *
   * @param cast what sums are cast by before they are stored, or null
   */
  static AmxKernel of(TileShape shape, @Nullable RegisterCast cast) {
    Code key = new Code(shape, cast == null ? null : cast.form());
    AmxDotProduct unit = (AmxDotProduct) shape.unit();
    MemorySegment code = WRITTEN.computeIfAbsent(key, each -> CodeMemory.of(
        each.form == null ? unit.code(each.shape) : unit.castingCode(each.shape, each.form)));
    TileShape vectors = AmxDotProduct.VNNI.shape(shape.vectors());
    MicroKernel few = cast == null
        ? MicroKernels.of(vectors)
        : DotKernel.casting(AmxDotProduct.VNNI, vectors, cast);
    return new AmxKernel(code, few, shape, cast);
  }

  @Override
  public void multiply(Tile tile) {
    multiply(tile, tileRows, tileRows);
  }

  @Override
  public void multiply(Tile tile, int rowsOfProduct, int rowsOfTile) {
    MatrixPlaces places = tile.memory.places;
    if (places.few) {
      // A matrix has a run for each row.
      tile.run = tile.aOffset;
      tile.runs = tile.runLength;
      tile.runLength = AmxCopy.STEP / Integer.BYTES;
      tile.aOffset = 0;
      tile.memory.runBase = places.steps;
      few.multiply(tile, rowsOfProduct, fewRows);
      return;
    }
    int rows = places.rows(rowsOfProduct);
    long products = (long) tile.runs * tile.runLength * AmxCopy.STEP * columns * tileRows;
    int most = Math.clamp(MOST_PRODUCTS / products, 1, rows) * tileRows;
    for (int i = 0; i < rows; i += most) {
      call(tile, i, Math.min(most, rows - i));
    }
  }

  /** Computes so many rows from one on. */
  private void call(Tile tile, int row, int rows) {
    TileMemory memory = tile.memory;
    long[] numbers = memory.numbers;
    MatrixPlaces places = memory.places;
    int stored = places.ofProduct(row);
    int rest = rows % tileRows;
    numbers[DotNumbers.TILES] = rows / tileRows;
    numbers[DotNumbers.REST] = rest;
    numbers[DotNumbers.MATRICES] = Math.ceilDiv(rest, AmxCopy.ROWS);
    numbers[DotNumbers.TURNS] = rest / ROWS_OF_TURN;
    numbers[DotNumbers.ROWS_LEFT] = rest % ROWS_OF_TURN;
    numbers[DotNumbers.RUNS] = tile.runs;
    numbers[DotNumbers.STEPS] = tile.runLength;
    numbers[DotNumbers.ROW] = inBytes(row);
    numbers[DotNumbers.RUN] = inBytes(tile.run);
    numbers[DotNumbers.ACTIVATION] =
        places.start + tile.aOffset * places.step + row / AmxCopy.ROWS * places.group;
    numbers[DotNumbers.STEP] = places.step;
    numbers[DotNumbers.ROW_STRIDE] = places.row;
    numbers[DotNumbers.GROUP] = places.group;
    numbers[DotNumbers.PANEL] = inBytes(tile.panelOffset);
    numbers[DotNumbers.ADDEND] = inBytes(tile.addendOffset + stored * tile.addendStride);
    numbers[DotNumbers.ADDEND_STRIDE] = inBytes(tile.addendStride);
    numbers[DotNumbers.ROOM] = memory.room().address();
    MemorySegment target = RegisterCast.tellTarget(cast, tile, stored, Integer.BYTES);
    MachineCall.call(code, memory.a, memory.rowBase, memory.runBase, memory.panel, memory.addend,
        target, memory.numberMemory);
  }

  private static long inBytes(int place) {
    return (long) place * Integer.BYTES;
  }
}
