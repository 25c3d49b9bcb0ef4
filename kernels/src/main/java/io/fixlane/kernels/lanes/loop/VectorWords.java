package io.fixlane.kernels.lanes.loop;

import static jdk.incubator.vector.VectorOperators.LSHL;

import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.Species;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators.Conversion;
import jdk.incubator.vector.VectorSpecies;

/** The way of packed words into lanes. */
final class VectorWords {
  private VectorWords() {}

  /**
   * Loads the words from element {@code index} on, extended to lanes and aligned; {@code elements}
   * is the species that {@link Species#elements} gives for the memory.
   */
  static Vector<Long> load(
      Operand operand, VectorSpecies<Long> lanes, VectorSpecies<Long> words,
      VectorSpecies<Long> elements, Conversion<Long, Long> extension,
      MemorySegment memory, long offset, int index) {
    Vector<Long> bits = elements.fromMemorySegment(
        memory, offset + (long) index * operand.container().bytes(), ByteOrder.nativeOrder());
    Vector<Long> loaded = elements == words ? bits : bits.reinterpretShape(words, 0);
    Vector<Long> extended = words == lanes ? loaded : loaded.convertShape(extension, lanes, 0);
    return operand.shift() == 0 ? extended : extended.lanewise(LSHL, operand.shift());
  }

  /**
   * Returns lanes that all hold the low bits of a constant.
   *
   * <p>A large loop calls nothing but the Vector API and accessors: C2 inlines no others into it.
   */
  static Vector<Long> constant(VectorSpecies<Long> lanes, long bits) {
    int lost = Long.SIZE - lanes.elementSize();
    return lanes.broadcast(bits << lost >> lost);
  }

  /** Loads one word into every lane. */
  static Vector<Long> broadcast(Operand operand, VectorSpecies<Long> lanes,
      MemorySegment memory,
      long offset) {
    long word = operand.extend(operand.container().read(memory, offset)) << operand.shift();
    return constant(lanes, word);
  }
}
