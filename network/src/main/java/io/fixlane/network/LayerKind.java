package io.fixlane.network;

/** How a file tells layers apart: by the place of their kind in this list, from 1. */
enum LayerKind {
  DENSE,
  CONV2D,
  SCALE_AND_SHIFT,
  RELU,
  LEAKY_RELU,
  CAST,
  FLATTEN,
  ADD,
  RESIDUAL_ADD,
  MAX_POOL,
  AVERAGE_POOL,
  GLOBAL_AVERAGE_POOL;

  /** Returns the number in a file. */
  int code() {
    return ordinal() + 1;
  }

  /**
   * Returns the kind of a number.
   *
   * @throws IllegalArgumentException if there is none
   */
  static LayerKind of(int code) {
    if (code < 1 || code > values().length) {
      throw new IllegalArgumentException(
          "a layer is of kind " + code + ": there are the kinds 1 to " + values().length);
    }
    return values()[code - 1];
  }
}
