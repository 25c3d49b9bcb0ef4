package io.fixlane.network.file;

import java.util.Arrays;
import java.util.List;

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
  GLOBAL_AVERAGE_POOL(12),
  BINARY_DENSE(13, 2),
  BINARY_CONV2D(14, 2),
  LOOK_UP(15, 2),
  THRESHOLD(16, 2),
  CONCAT(17, 2),
  UPSAMPLE(18, 2);

  private final int code;
  private final int since;

  LayerKind(int code) {
    this(code, 1);
  }

  /** Makes a kind that files have from a version on. */
  LayerKind(int code, int since) {
    this.code = code;
    this.since = since;
  }

  /** Returns the number in a file. */
  int code() {
    return code;
  }

  /**
   * Returns the kind of a number in a file of a version.
   *
   * @throws IllegalArgumentException if there is none
   */
  static LayerKind of(int code, int version) {
    List<LayerKind> known =
        Arrays.stream(values()).filter(kind -> kind.since <= version).toList();
    return known.stream().filter(kind -> kind.code == code).findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "a layer is of kind " + code + ": there are the kinds 1 to " + known.size()));
  }
}
