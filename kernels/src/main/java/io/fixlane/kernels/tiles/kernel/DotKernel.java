package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.kernels.lanes.loop.TileMemory;
import io.fixlane.kernels.machine.Abi;
import io.fixlane.kernels.machine.CodeMemory;
import io.fixlane.kernels.machine.MachineCall;
import java.lang.foreign.MemorySegment;

/** Calls the machine code of {@link DotTileWriter}, once for all rows of a panel. */
final class DotKernel implements MicroKernel {
  private final MemorySegment code;
  private final int tileRows;

  /** Writes the code for tiles of so many vectors. */
  DotKernel(DotProduct unit, int vectors) {
    int bits = unit.instructions().bits();
    this.code = CodeMemory.of(DotTileWriter.write(unit, vectors, Abi.own()));
    this.tileRows = TileShape.rows(unit, vectors, bits);
  }

  @Override
  public void multiply(Tile tile) {
    multiply(tile, tileRows, tileRows);
  }

  @Override
  public void multiply(Tile tile, int rows, int rowsOfTile) {
    TileMemory memory = tile.memory;
    long[] numbers = memory.numbers;
    numbers[DotTileWriter.TILES] = rows / tileRows;
    numbers[DotTileWriter.REST] = rows % tileRows;
    numbers[DotTileWriter.RUNS] = tile.runs;
    numbers[DotTileWriter.STEPS] = tile.runLength;
    numbers[DotTileWriter.ROW] = inBytes(tile.row);
    numbers[DotTileWriter.RUN] = inBytes(tile.run);
    numbers[DotTileWriter.ACTIVATION] = inBytes(tile.aOffset);
    numbers[DotTileWriter.PANEL] = inBytes(tile.panelOffset);
    numbers[DotTileWriter.ADDEND] = inBytes(tile.addendOffset);
    numbers[DotTileWriter.ADDEND_STRIDE] = inBytes(tile.addendStride);
    numbers[DotTileWriter.SUMS] = inBytes(tile.sumsOffset);
    numbers[DotTileWriter.SUMS_STRIDE] = inBytes(tile.sumsStride);
    MachineCall.call(code, memory.a, memory.rowBase, memory.runBase, memory.panel, memory.addend,
        memory.sums, memory.numberMemory);
  }

  /** Every place counts in 32 bits: a step's activations, a word of weights, a sum. */
  private static long inBytes(int place) {
    return (long) place * Integer.BYTES;
  }
}
