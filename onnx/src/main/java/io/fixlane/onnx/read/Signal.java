package io.fixlane.onnx.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node of a model gives.
 *
 * @param <W> how it is computed
 * @param layout how it lies in the model
 * @param link the step that computes it
 * @param padding zeros that a Pad has put around an image, which the next operator is to take into
 *     its window: above, below, left and right; null where there are none
 */
public record Signal<W extends Way<W>>(Layout layout, W link, @Nullable List<Integer> padding) {
  /** Makes what has no padding around it. */
  public Signal(Layout layout, W link) {
    this(layout, link, null);
  }

  /** Returns what a step gives that changes no shape. */
  public Signal<W> by(W step) {
    return new Signal<>(layout, step);
  }

  /** Returns the same numbers, which lie otherwise in the model. */
  public Signal<W> as(Layout newLayout) {
    return new Signal<>(newLayout, link, padding);
  }
}
