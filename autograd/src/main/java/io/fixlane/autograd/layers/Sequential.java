package io.fixlane.autograd.layers;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import java.util.SequencedMap;

/** Layers one after the other. */
public final class Sequential extends TapeLayer {
  /** Makes the layer; those within are called 0, 1, 2 and so on. */
  public Sequential(TapeLayer... layers) {
    for (int i = 0; i < layers.length; i++) {
      layer(Integer.toString(i), layers[i]);
    }
  }

  /** Makes the layer of layers with names. */
  public Sequential(SequencedMap<String, ? extends TapeLayer> layers) {
    layers.forEach(this::layer);
  }

  @Override
  public Tensor forward(Tape tape, Tensor x) {
    Tensor y = x;
    for (String name : layers().keySet()) {
      y = forward(tape, name, y);
    }
    return y;
  }
}
