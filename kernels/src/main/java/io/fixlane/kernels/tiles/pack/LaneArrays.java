package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Arrays of the type that a container says. */
public final class LaneArrays {
  /** The longest array that every JVM allows. */
  public static final int LONGEST = Integer.MAX_VALUE - 8;

  private LaneArrays() {}

  /** Returns a new array of a container's type. */
  public static Object allocate(Container container, int size) {
    return switch (container) {
      case BYTE -> new byte[size];
      case SHORT -> new short[size];
      case INT -> new int[size];
      case LONG -> new long[size];
      case FLOAT -> new float[size];
      case DOUBLE -> new double[size];
    };
  }

  /** Returns the memory of an array of lanes. */
  public static MemorySegment segment(Object array) {
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

  /** Sets elements to 0. */
  static void clear(Object array, int from, int to) {
    switch (array) {
      case byte[] words -> Arrays.fill(words, from, to, (byte) 0);
      case short[] words -> Arrays.fill(words, from, to, (short) 0);
      case int[] words -> Arrays.fill(words, from, to, 0);
      case long[] words -> Arrays.fill(words, from, to, 0);
      case float[] words -> Arrays.fill(words, from, to, 0);
      case double[] words -> Arrays.fill(words, from, to, 0);
      default -> throw new IllegalArgumentException(array.getClass() + " is no array of lanes");
    }
  }
}
