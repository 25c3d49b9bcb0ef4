package io.fixlane.onnx;

import io.fixlane.network.Network;
import java.util.List;
import java.util.Objects;

/**
 * A network of integers that a model of quantized numbers is.
 *
 * @param network the network
 * @param notes what its words leave out of the model, in sentences: what goes on behind its last
 *     words, and what they stand for
 */
public record QuantizedNetwork(Network network, List<String> notes) {
  /** Makes the result. */
  public QuantizedNetwork {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(notes, "notes");
    notes = List.copyOf(notes);
  }
}
