package io.fixlane.kernels.tiles.kernel;

/** Makes tables of sums: of each group of activations, one vector of 16-bit lanes. */
public interface Tables {
  /**
   * Makes tables: lane c of table i is the sum over t of {@code a[i * group + t]} x
   * {@code patterns[t * lanes + c]}, modulo 2<sup>16</sup>.
   *
   * @param a activations
   * @param patterns the factors of each place of a group
   * @param tables the tables, one after the other
   * @param count the number of tables
   */
  void make(short[] a, short[] patterns, short[] tables, int count);

  /** Returns what makes tables of groups of so many activations, in vectors of so many bits. */
  static Tables of(int group, int bits) {
    return new VectorTables.Data(group, bits).tables();
  }
}
