package io.fixlane.autograd.arrays;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Arrays that one training step after the other uses again: fresh ones would have to be zeroed by
 * the JVM, and fetched into the cache, at every step.
 */
final class Buffers {
  private final Map<Integer, Deque<float[]>> free = new HashMap<>();
  private final List<float[]> lent = new ArrayList<>();

  /** Returns an array of any content. */
  float[] floats(int size) {
    Deque<float[]> known = free.get(size);
    float[] buffer = known == null || known.isEmpty() ? new float[size] : known.pop();
    lent.add(buffer);
    return buffer;
  }

  /** Takes back all that was lent. */
  void reset() {
    // In reverse, so that the next step is lent the same arrays in the same order.
    for (float[] buffer : lent.reversed()) {
      free.computeIfAbsent(buffer.length, size -> new ArrayDeque<>()).push(buffer);
    }
    lent.clear();
  }
}
