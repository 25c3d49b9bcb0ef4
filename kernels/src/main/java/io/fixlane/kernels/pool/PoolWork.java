package io.fixlane.kernels.pool;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.tiles.pack.Buffer;
import io.fixlane.kernels.tiles.pack.Transposition;
import java.lang.foreign.MemorySegment;

/** What one thread needs to pool, kept from run to run, so that a run allocates nothing. */
public final class PoolWork {
  private static final ThreadLocal<PoolWork> OWN = ThreadLocal.withInitial(PoolWork::new);

  /** Pixels of channels that lie in planes. */
  final Buffer image = new Buffer();
  /** Results of such channels. */
  final Buffer results = new Buffer();
  /** Words that are transposed. */
  final long[] transposition = Transposition.room();
  /** What the columns of the padded image come to, over the rows under the kernel. */
  final Buffer columns = new Buffer();
  /** What each place of the kernel in the row comes to. */
  final Buffer places = new Buffer();
  /** The places that a stride leaves. */
  final Buffer kept = new Buffer();
  /** One int: what sums are divided by. */
  final MemorySegment divisor = MemorySegment.ofArray(new int[1]);

  private PoolWork() {}

  /** Returns the one of this thread. */
  public static PoolWork own() {
    return OWN.get();
  }

  /** Makes room in a buffer and returns its memory. */
  static MemorySegment ensure(Buffer buffer, Container container, int words) {
    buffer.ensure(container, words);
    return buffer.segment(container);
  }
}
