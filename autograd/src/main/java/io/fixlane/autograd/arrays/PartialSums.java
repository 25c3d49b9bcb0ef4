package io.fixlane.autograd.arrays;

/** Sums that threads have computed in parts. */
public final class PartialSums {
  private PartialSums() {}

  /** Adds up the parts, which lie one after the other, in order. */
  public static float[] add(Scratch scratch, float[] partial, int parts) {
    int size = partial.length / parts;
    float[] sum = scratch.floats(size);
    System.arraycopy(partial, 0, sum, 0, size);
    for (int part = 1; part < parts; part++) {
      for (int i = 0; i < size; i++) {
        sum[i] += partial[part * size + i];
      }
    }
    return sum;
  }
}
