package io.fixlane.autograd;

/** Sums that threads have computed in parts. */
final class PartialSums {
  private PartialSums() {}

  /** Adds up the parts, which lie one after the other, in order. */
  static float[] add(Tape tape, float[] partial, int parts) {
    int size = partial.length / parts;
    float[] sum = tape.floats(size);
    System.arraycopy(partial, 0, sum, 0, size);
    for (int part = 1; part < parts; part++) {
      for (int i = 0; i < size; i++) {
        sum[i] += partial[part * size + i];
      }
    }
    return sum;
  }
}
