package io.fixlane.autograd.layers;

/** Whether a layer adds a learned number to each output. */
public enum Bias {
  /** It does; the numbers start at 0. */
  LEARNED,
  /** It does not, as before a batch normalisation, which would take it away again. */
  NONE
}
