package io.fixlane.kernels.lanes;

import java.lang.invoke.MethodHandles;
import java.util.function.IntUnaryOperator;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adds a number to the words of a vector in memory, which every JIT that compiles vectors compiles:
 * a template that {@link Specializer} defines once for each vector width in bits.
 */
final class VectorProbe implements IntUnaryOperator {
  private static final VectorSpecies<Integer> LANES = VectorSpecies.of(int.class,
      VectorShape.forBitSize(Specializer.data(MethodHandles.lookup(), Integer.class)));

  private final int[] words = new int[LANES.length()];

  @Override
  public int applyAsInt(int x) {
    IntVector.fromArray(LANES, words, 0).add(x).intoArray(words, 0);
    return words[0];
  }
}
