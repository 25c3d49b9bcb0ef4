package io.fixlane.onnx.read;

import io.fixlane.autograd.layers.TapeLayer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node of a model gives.
 *
 * @param layout how it lies in the model
 * @param link the step that computes it
 * @param padding zeros that a Pad has put around an image, which the next operator is to take into
 *     its window: above, below, left and right; null where there are none
 */
record Signal(Layout layout, Link link, @Nullable List<Integer> padding) {
  Signal(Layout layout, Link link) {
    this(layout, link, null);
  }

  /** Returns what a layer makes of it. */
  Signal then(TapeLayer layer, Layout newLayout) {
    return new Signal(newLayout, link.then(layer));
  }

  /** Returns what a layer makes of it that changes no shape. */
  Signal then(TapeLayer layer) {
    return then(layer, layout);
  }

  /** Returns the same numbers, which lie otherwise in the model. */
  Signal as(Layout newLayout) {
    return new Signal(newLayout, link, padding);
  }
}
