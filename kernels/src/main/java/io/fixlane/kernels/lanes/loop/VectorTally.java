package io.fixlane.kernels.lanes.loop;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.SUB;
import static jdk.incubator.vector.VectorOperators.XOR;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.cast.CastCounter;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * What a counting loop keeps in vectors, and its way into a {@link CastCounter} at the end. Every
 * lane counts for itself: moving a mask out of the vector unit to count its bits, three times in
 * each turn, takes longer than the cast.
 */
public final class VectorTally {
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

  /**
   * Returns integers whose order is that of the values: of floating-point numbers, the bits, all
   * but the sign inverted where that is set. There is no NaN among them, for which, and for zeros,
   * minimum and maximum of floats take five instructions each.
   */
  static Vector<Long> ordered(boolean floating, VectorSpecies<Long> integers, Vector<Long> v) {
    if (!floating) {
      return v;
    }
    Vector<Long> bits = v.reinterpretShape(integers, 0);
    return bits.lanewise(ASHR, integers.elementSize() - 1).lanewise(LSHR, 1).lanewise(XOR, bits);
  }

  /** Hands over the range of ordered values in lanes of a type. */
  static void extend(CastCounter counter, Container lane, boolean unsigned, Vector<Long> min,
      Vector<Long> max) {
    // Unsigned words are in the order of signed ones once their top bits are inverted.
    long top = unsigned ? -1L << lane.bits() - 1 : 0;
    long smallest = min.lanewise(XOR, top).reduceLanesToLong(MIN) ^ top;
    long largest = max.lanewise(XOR, top).reduceLanesToLong(MAX) ^ top;
    counter.extend(lane, smallest);
    counter.extend(lane, largest);
  }
}
