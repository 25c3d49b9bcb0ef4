package io.fixlane.network.layer;

/**
 * A layer as it is described: what is computed, with all its words, and nothing of how. A network
 * tells its layers in their order, {@link io.fixlane.network.Network#layers}, and can be built of
 * them again, {@link io.fixlane.network.Network#of}; a {@code switch} over the kinds needs no
 * default, so that an exporter which lacks one does not compile.
 *
 * <p>Every kind is a record and immutable: words that it is given are copied, and the tensors that
 * it gives are read-only. What a record cannot see by itself is checked where it is added to a
 * network: the shape of its input, and its name, which no other layer of the network has.
 *
 * {@snippet class="io.fixlane.network.LayerExample" region="switch"}
 */
public sealed interface Layer
    permits DenseLayer, ConvLayer, BinaryDenseLayer, BinaryConvLayer, ScaleAndShiftLayer,
    UnaryLayer, ThresholdLayer, PoolLayer, GlobalAverageLayer, FlattenLayer, UpsampleLayer,
    BlockLayer {
  /** Returns the name. */
  String name();
}
