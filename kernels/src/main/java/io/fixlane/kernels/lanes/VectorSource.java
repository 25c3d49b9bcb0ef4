package io.fixlane.kernels.lanes;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorOperators.Conversion;
import jdk.incubator.vector.VectorSpecies;

/**
 * An operand of a vector loop, with what its loads need as constants.
 *
 * @param operand the operand
 * @param lanes the species of the loop
 * @param words the species of as many words as there are lanes
 * @param extension the conversion from words to lanes
 */
record VectorSource(
    Operand operand, VectorSpecies<Long> lanes, VectorSpecies<Long> words, Conversion<Long, Long> extension) {

  static VectorSource of(Operand operand, VectorSpecies<Long> lanes) {
    Class<?> type = operand.container().type();
    return new VectorSource(
        operand,
        lanes,
        Species.of(operand.container(), lanes),
        Species.conversion(type, lanes.elementType(), operand.signed() || type == lanes.elementType()));
  }

  /** Loads the words from element {@code index} on, extended to lanes and aligned. */
  Vector<Long> load(MemorySegment memory, long offset, int index) {
    Vector<Long> loaded = words.fromMemorySegment(memory, at(offset, index), ByteOrder.nativeOrder());
    return align(words == lanes ? loaded : loaded.convertShape(extension, lanes, 0));
  }

  /** Loads one word into every lane. */
  Vector<Long> broadcast(MemorySegment memory, long offset) {
    long word = operand.extend(operand.container().read(memory, offset));
    return align(lanes.broadcast(Species.word(word, lanes.elementSize())));
  }

  private Vector<Long> align(Vector<Long> v) {
    return operand.shift() == 0 ? v : v.lanewise(VectorOperators.LSHL, operand.shift());
  }

  /** Returns the byte offset of element {@code index}. */
  long at(long offset, long index) {
    return operand.at(offset, index);
  }
}
