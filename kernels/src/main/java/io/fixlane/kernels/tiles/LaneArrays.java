package io.fixlane.kernels.tiles;

import io.fixlane.kernels.lanes.Container;
import java.lang.foreign.MemorySegment;

/** Arrays of the type that a container says. */
final class LaneArrays {
  private LaneArrays() {}

  static Object allocate(Container container, int size) {
    return switch (container) {
      case BYTE -> new byte[size];
      case SHORT -> new short[size];
      case INT -> new int[size];
      case LONG -> new long[size];
      case FLOAT -> new float[size];
      case DOUBLE -> new double[size];
    };
  }

  static MemorySegment segment(Object array) {
    return switch (array) {
      case byte[] words -> MemorySegment.ofArray(words);
      case short[] words -> MemorySegment.ofArray(words);
      case int[] words -> MemorySegment.ofArray(words);
      case long[] words -> MemorySegment.ofArray(words);
      case float[] words -> MemorySegment.ofArray(words);
      case double[] words -> MemorySegment.ofArray(words);
      default -> throw new IllegalArgumentException(array.getClass() + " is no array of lanes");
    };
  }
}
