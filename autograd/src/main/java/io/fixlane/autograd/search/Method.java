package io.fixlane.autograd.search;

/** How a float network comes into fixed point. */
public enum Method {
  /** It is calibrated, and trained no further. */
  PTQ,
  /** It is trained on in fixed point. */
  QFX
}
