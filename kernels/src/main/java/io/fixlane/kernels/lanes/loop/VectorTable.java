package io.fixlane.kernels.lanes.loop;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.NE;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Tables in vectors; a selection takes the low bits of a place, as many as it needs. */
final class VectorTable {
  private VectorTable() {}

  /** Loads one vector of a table. */
  static Vector<Long> load(VectorSpecies<Long> lanes, VectorSpecies<Long> elements,
      MemorySegment table, long offset) {
    Vector<Long> bits = elements.fromMemorySegment(table, offset, ByteOrder.nativeOrder());
    return elements == lanes ? bits : bits.reinterpretShape(lanes, 0);
  }

  /** Returns the words of a table of four vectors. */
  static Vector<Long> ofFour(VectorSpecies<Long> lanes, Vector<Long> places, Vector<Long> t0,
      Vector<Long> t1, Vector<Long> t2, Vector<Long> t3) {
    return places.selectFrom(t0, t1)
        .blend(places.selectFrom(t2, t3), upper(lanes, places, 2 * lanes.length()));
  }

  /** Returns where a place has a bit. */
  static VectorMask<Long> upper(VectorSpecies<Long> lanes, Vector<Long> places, int bit) {
    return places.lanewise(AND, VectorWords.constant(lanes, bit)).compare(NE, 0);
  }
}
