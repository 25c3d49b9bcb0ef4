package io.fixlane.kernels.tiles;

import io.fixlane.kernels.lanes.Container;
import java.lang.foreign.MemorySegment;

/** Scratch memory of one thread: an array of each type, as large as was ever asked for. */
public final class Buffer {
  private final Object[] arrays = new Object[Container.values().length];
  private final MemorySegment[] segments = new MemorySegment[Container.values().length];

  /** Makes room for so many elements; what was there before is lost. */
  public void ensure(Container container, int elements) {
    int index = container.ordinal();
    if (segments[index] == null || segments[index].byteSize() < (long) elements
        * container.bytes()) {
      // Room for the tails of the last rows and vectors, which are read and written but not used.
      arrays[index] = LaneArrays.allocate(container, elements + elements / 4 + 64);
      segments[index] = LaneArrays.segment(arrays[index]);
    }
  }

  /** Returns the array of a type. */
  Object array(Container container) {
    return arrays[container.ordinal()];
  }

  /** Returns the array of a type as memory. */
  public MemorySegment segment(Container container) {
    return segments[container.ordinal()];
  }
}
