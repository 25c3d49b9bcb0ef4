package io.fixlane.conformance;

/**
 * Fixed-point arithmetic that is to be checked against vectors.
 *
 * {@snippet class="io.fixlane.conformance.OwnImplementationExample" region="implementation"}
 */
public interface Implementation {
  /** Returns what reports call it. */
  String name();

  /**
   * Returns whether it can compute a block's result in a type. What it does not cover is counted
   * and shown, and never passes for checked. By default it covers everything.
   *
   * @param block operation and operands
   * @param z the type of the result: one that C++ allows for the operation
   */
  default boolean covers(VectorBlock block, WordType z) {
    return true;
  }

  /**
   * Computes a block's result in a type.
   *
   * @param block operation and operands
   * @param z the type of the result
   * @return {@link VectorBlock#resultSize} words of type {@code z}
   */
  Words compute(VectorBlock block, WordType z);
}
