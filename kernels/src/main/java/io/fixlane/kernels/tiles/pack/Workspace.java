package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Tile;
import java.lang.foreign.MemorySegment;

/**
 * What one thread needs to run a product: the operands of the run, and scratch memory that is kept
 * from run to run, so that a run allocates nothing.
 */
public final class Workspace {
  private static final ThreadLocal<Workspace> OWN = ThreadLocal.withInitial(Workspace::new);
  private static final MemorySegment NONE = MemorySegment.NULL;

  /** Activations. */
  public MemorySegment input = NONE;
  /** The byte offset of the first activation. */
  public long inputOffset;
  /** Words from one row of activations to the next. */
  public long inputStride;
  /** Results. */
  public MemorySegment output = NONE;
  /** The byte offset of the first result. */
  public long outputOffset;
  /** Words from one row of results to the next. */
  public long outputStride;
  /** What is added to the results, where the output stage has that. */
  public MemorySegment residual = NONE;
  /** The byte offset of the first word of it. */
  public long residualOffset;
  /** Words from one row of it to the next. */
  public long residualStride;

  /** Words on the way through the output stage. */
  public final Buffer[] stage = {new Buffer(), new Buffer()};
  /** Activations between planes and pixels. */
  public final Buffer transposed = new Buffer();
  /** Results between pixels and planes. */
  public final Buffer results = new Buffer();
  /** Words of a residual between planes and pixels. */
  public final Buffer transposedResidual = new Buffer();
  /** Words that are transposed. */
  public final long[] transposition = Transposition.room();
  /** The sums of a block of rows. */
  public final Buffer sums = new Buffer();

  public final Buffer activations = new Buffer();
  /** Activations beside their neighbours. */
  public final AlignedMemory neighbours = new AlignedMemory();
  /** Activations, where machine code takes them at lines of the cache. */
  public final AlignedMemory aligned = new AlignedMemory();
  /** Activations as AMX takes them. */
  public final AlignedMemory matrices = new AlignedMemory();
  public final Buffer tables = new Buffer();
  public final Buffer panels = new Buffer();
  public final Tile tile = new Tile();
  public int[] rowBase = new int[64];
  public MemorySegment rowBaseMemory = MemorySegment.ofArray(rowBase);

  private Workspace() {}

  /** Returns the workspace of this thread. */
  public static Workspace own() {
    return OWN.get();
  }

  /** Lets go of the operands. */
  public void release() {
    input = NONE;
    output = NONE;
    residual = NONE;
    tile.release();
  }

  /** Makes room for the places of so many rows. */
  public void ensureRows(long rows) {
    if (rowBase.length < rows) {
      rowBase = new int[Buffer.withRoom(rows, Container.INT)];
      rowBaseMemory = MemorySegment.ofArray(rowBase);
    }
  }
}
