package io.fixlane.kernels;

import io.fixlane.tensor.FixedTensor;
import java.util.Arrays;

/**
 * How the second operand of an element-wise operation goes with the first.
 *
 * <p>The second operand's dimensions are matched with the last ones of the first. From its first
 * dimension that is not 1 on they must be the same, up to its last that is not 1; the ones after
 * that repeat each word over the dimensions there. So for a first operand N x H x W x C, a second
 * of C words is one for each channel; for N x C x H x W one of C x 1 x 1 is; one word serves all;
 * and a second operand of the first's shape has a word for every element.
 */
final class Broadcast {
  private Broadcast() {}

  /**
   * Returns for how many neighbouring words of {@code a} one word of {@code b} serves.
   *
   * @throws IllegalArgumentException if the shapes do not go together
   */
  static long inner(FixedTensor a, FixedTensor b) {
    return inner("a", a, "b", b);
  }

  /** Returns the same, and calls the operands by other names in what it refuses. */
  static long inner(String aName, FixedTensor a, String bName, FixedTensor b) {
    if (b.size() == 1) {
      return a.size();
    }
    int last = b.rank() - 1;
    int offset = a.rank() - b.rank();
    long inner = 1;
    while (b.dimension(last) == 1 && offset + last >= 0) {
      inner *= a.dimension(offset + last);
      last--;
    }
    int first = 0;
    while (b.dimension(first) == 1) {
      first++;
    }
    for (int i = first; i <= last; i++) {
      if (offset + i < 0 || a.dimension(offset + i) != b.dimension(i)) {
        throw new IllegalArgumentException(
            bName + " has the shape " + Arrays.toString(b.shape())
                + ": it must be one word, or agree with the shape of " + aName + ", "
                + Arrays.toString(a.shape())
                + ", in neighbouring dimensions, with ones after them");
      }
    }
    return inner;
  }
}
