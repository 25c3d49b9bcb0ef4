package io.fixlane.network;

import java.util.Arrays;

/** How a file tells layers apart: {@code docs/network-file.md} has the same numbers. */
enum LayerKind {
  DENSE(1),
  CONV2D(2),
  SCALE_AND_SHIFT(3),
  RELU(4),
  LEAKY_RELU(5),
  CAST(6),
  FLATTEN(7),
  ADD(8),
  RESIDUAL_ADD(9),
  MAX_POOL(10),
  AVERAGE_POOL(11),
  GLOBAL_AVERAGE_POOL(12);

  private final int code;

  LayerKind(int code) {
    this.code = code;
  }

  /** Returns the number in a file. */
  int code() {
    return code;
  }

  /**
   * Returns the kind of a number.
   *
   * @throws IllegalArgumentException if there is none
   */
  static LayerKind of(int code) {
    return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "a layer is of kind " + code + ": there are the kinds 1 to " + values().length));
  }
}
