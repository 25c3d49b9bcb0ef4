package io.fixlane.network.layer;

import io.fixlane.format.FixedFormat;
import java.util.List;
import java.util.Objects;

/**
 * A block of two branches, each of which takes the block's input, and whose results are added:
 * {@code (RESULT) (body(x) + shortcut(x))}, or {@code (RESULT) max(body(x) + shortcut(x), 0)}.
 *
 * @param name the name
 * @param body the layers of one branch, one at least
 * @param shortcut the layers of the other; none gives the input on
 * @param relu whether a negative sum becomes 0
 * @param result RESULT
 */
public record ResidualLayer(
    String name, List<Layer> body, List<Layer> shortcut, boolean relu, FixedFormat result)
    implements BlockLayer {
  /** Makes the layer. */
  public ResidualLayer {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(shortcut, "shortcut");
    Objects.requireNonNull(result, "result");
    body = List.copyOf(body);
    shortcut = List.copyOf(shortcut);
  }

  @Override
  public List<Branch> branches() {
    return List.of(new Branch("body", body), new Branch("shortcut", shortcut));
  }
}
