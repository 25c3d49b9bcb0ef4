package io.fixlane.autograd.data;

import io.fixlane.autograd.Tensor;

/**
 * Some images of a data set.
 *
 * @param images N x height x width x channels
 * @param labels the class of each
 */
public record Batch(Tensor images, int[] labels) {
  /** Returns how many images there are. */
  public int size() {
    return labels.length;
  }
}
