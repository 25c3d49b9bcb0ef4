package io.fixlane.jmh;

import jdk.incubator.vector.IntVector;

/** Tells how wide the vectors of this machine are, which only a JVM with the module can know. */
public final class VectorBits {
  private VectorBits() {}

  /**
   * Prints the bits of the widest vectors that the JVM prefers.
   *
   * @param args nothing
   */
  public static void main(String[] args) {
    System.out.println(IntVector.SPECIES_PREFERRED.vectorBitSize());
  }
}
