package io.fixlane.onnx.read;

/** What a dimension of an image is. */
public enum Axis {
  /** Its rows. */
  HEIGHT,
  /** Its columns. */
  WIDTH,
  /** Its channels. */
  CHANNELS
}
