package io.fixlane.network;

/** A layer: what is computed, with all its words, and no more than a file holds of it. */
sealed interface Layer
    permits DenseLayer, ConvLayer, ScaleAndShiftLayer, UnaryLayer, FlattenLayer, ResidualLayer {
  /** Returns the name. */
  String name();

  /** Returns what is computed, without the formats: {@code dense, 144 of ap_fixed<4,1>}. */
  String describe();

  /**
   * Plans the layer for an input.
   *
   * @throws IllegalArgumentException if the layer cannot take it
   */
  PlannedLayer plan(TensorType input);
}
