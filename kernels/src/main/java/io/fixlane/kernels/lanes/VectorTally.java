package io.fixlane.kernels.lanes;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.SUB;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;

/**
 * What a counting loop keeps in vectors, and its way into a {@link CastCounter} at the end. Every
 * lane counts for itself: moving a mask out of the vector unit to count its bits, three times in
 * each turn, takes longer than the cast.
 */
final class VectorTally {
  // The sum of all lanes fits in the shortest of them, read as unsigned.
  private static final long TOTAL = 0xffff;

  private VectorTally() {}

  /** Adds one to the lanes that are set in a mask. */
  static Vector<Long> add(Vector<Long> counts, VectorMask<Long> mask) {
    return counts.lanewise(SUB, -1, mask);
  }

  /** Hands over what {@code words} words, at most {@link CastCounter#LARGEST_PART}, have given. */
  static void flush(CastCounter counter, int words, Vector<Long> high, Vector<Long> low,
      Vector<Long> inexact) {
    counter.add(words, high.reduceLanesToLong(ADD) & TOTAL, low.reduceLanesToLong(ADD) & TOTAL,
        inexact.reduceLanesToLong(ADD) & TOTAL);
  }

  /** Hands over the range of the values in lanes of a type. */
  static void extend(CastCounter counter, Container lane, boolean unsigned, Vector<Long> min,
      Vector<Long> max) {
    switch (lane) {
      case FLOAT -> {
        counter.extend(((FloatVector) (Vector<?>) min).reduceLanes(MIN));
        counter.extend(((FloatVector) (Vector<?>) max).reduceLanes(MAX));
      }
      case DOUBLE -> {
        counter.extend(((DoubleVector) (Vector<?>) min).reduceLanes(MIN));
        counter.extend(((DoubleVector) (Vector<?>) max).reduceLanes(MAX));
      }
      case BYTE, SHORT, INT, LONG -> {
        // Unsigned words are in the order of signed ones once their top bits are inverted.
        long top = unsigned ? -1L << lane.bits() - 1 : 0;
        int zeros = unsigned ? Long.SIZE - lane.bits() : 0;
        long smallest = min.lanewise(XOR, top).reduceLanesToLong(MIN) ^ top;
        long largest = max.lanewise(XOR, top).reduceLanesToLong(MAX) ^ top;
        counter.extend(smallest << zeros >>> zeros);
        counter.extend(largest << zeros >>> zeros);
      }
    }
  }
}
