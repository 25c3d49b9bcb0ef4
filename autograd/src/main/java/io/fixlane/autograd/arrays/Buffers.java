package io.fixlane.autograd.arrays;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;

/**
 * Arrays that one training step after the other uses again: fresh ones would have to be zeroed by
 * the JVM, and fetched into the cache, at every step.
 */
final class Buffers {
  private final Map<Integer, Deque<float[]>> free = new HashMap<>();
  private final SequencedSet<float[]> lent = new LinkedHashSet<>();

  /** Returns an array of any content. */
  float[] floats(int size) {
    Deque<float[]> known = free.get(size);
    float[] buffer = known == null || known.isEmpty() ? new float[size] : known.pop();
    lent.add(buffer);
    return buffer;
  }

  /** Returns whether an array is lent. */
  boolean isLent(float[] array) {
    return lent.contains(array);
  }

  /** Takes back an array, if it is lent: the next of its size, still in the cache. */
  void takeBack(float[] array) {
    if (lent.remove(array)) {
      push(array);
    }
  }

  /** Takes back all that was lent. */
  void reset() {
    // In reverse, so that the next step is lent the same arrays in the same order.
    lent.reversed().forEach(this::push);
    lent.clear();
  }

  private void push(float[] buffer) {
    free.computeIfAbsent(buffer.length, size -> new ArrayDeque<>()).push(buffer);
  }
}
