package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import java.lang.foreign.MemorySegment;

/** Scratch memory of one thread: an array of each type, as large as was ever asked for. */
public final class Buffer {
  private static final int TAILS = 64;

  private final Object[] arrays = new Object[Container.values().length];
  private final MemorySegment[] segments = new MemorySegment[Container.values().length];

  /**
   * Makes room for so many elements; what was there before is lost.
   *
   * @throws IllegalArgumentException if they are more than an array holds
   */
  public void ensure(Container container, long elements) {
    int index = container.ordinal();
    if (segments[index] == null || segments[index].byteSize() < elements * container.bytes()) {
      arrays[index] = LaneArrays.allocate(container, withRoom(elements, container));
      segments[index] = LaneArrays.segment(arrays[index]);
    }
  }

  /**
   * Returns a length with room for a larger run, and for the tails of the last rows and vectors,
   * which are read and written but not used.
   */
  static int withRoom(long elements, Container container) {
    if (elements > LaneArrays.LONGEST - TAILS) {
      throw new IllegalArgumentException("a run needs an array of " + elements + " "
          + container.type() + "s between its steps: an array holds at most "
          + LaneArrays.LONGEST + ", so take smaller images or fewer columns");
    }
    return (int) Math.min(LaneArrays.LONGEST, elements + elements / 4 + TAILS);
  }

  /** Returns the array of a type. */
  public Object array(Container container) {
    return arrays[container.ordinal()];
  }

  /** Returns the array of a type as memory. */
  public MemorySegment segment(Container container) {
    return segments[container.ordinal()];
  }
}
