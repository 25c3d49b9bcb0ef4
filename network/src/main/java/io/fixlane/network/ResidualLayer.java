package io.fixlane.network;

import io.fixlane.format.FixedFormat;
import io.fixlane.network.PlannedLayer.Branches;

/**
 * A block of two branches whose results are added.
 *
 * @param name the name
 * @param body one branch
 * @param shortcut the other; without layers it gives the input on
 * @param relu whether a negative sum becomes 0
 * @param result what the exact sum is cast into
 */
record ResidualLayer(
    String name, Chain body, Chain shortcut, boolean relu, FixedFormat result) implements Layer {
  @Override
  public PlannedLayer plan(TensorType input) {
    TensorType a = body.result();
    TensorType b = shortcut.result();
    if (body.layers().isEmpty()) {
      throw new IllegalArgumentException("its body has no layers: it must have one");
    }
    if (!a.shape().equals(b.shape())) {
      throw new IllegalArgumentException("its body gives " + a + " and its shortcut " + b
          + ": the shapes must be the same");
    }
    return new PlannedLayer(this, input, a.with(result),
        new Branches(body, shortcut, Sum.of(relu, a.format(), b.format(), result)),
        body.cost().plus(shortcut.cost()));
  }

  @Override
  public String describe() {
    return relu ? "residualAdd" : "add";
  }
}
