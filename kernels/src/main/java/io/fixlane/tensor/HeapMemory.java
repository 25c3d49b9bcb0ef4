package io.fixlane.tensor;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import java.lang.foreign.MemorySegment;

/** What arrays tensors lie over. */
final class HeapMemory {
  private HeapMemory() {}

  static MemorySegment zeros(Container container, long size) {
    if (size > Container.LONGEST_ARRAY) {
      throw new IllegalArgumentException(
          "a new tensor takes an array of " + size + " " + container.type()
              + "s: an array holds at most " + Container.LONGEST_ARRAY
              + ", so take slices, or a view of a MemorySegment");
    }
    int length = (int) size;
    return switch (container) {
      case BYTE -> MemorySegment.ofArray(new byte[length]);
      case SHORT -> MemorySegment.ofArray(new short[length]);
      case INT -> MemorySegment.ofArray(new int[length]);
      case LONG -> MemorySegment.ofArray(new long[length]);
      case FLOAT -> MemorySegment.ofArray(new float[length]);
      case DOUBLE -> MemorySegment.ofArray(new double[length]);
    };
  }

  static void requireContainer(FixedFormat format, Container container) {
    Container fit = Container.of(format);
    if (fit != container) {
      throw new IllegalArgumentException(
          "words is " + container.type() + "[]: words of " + format + " lie in " + fit.type()
              + "[], the narrowest that holds them");
    }
  }
}
