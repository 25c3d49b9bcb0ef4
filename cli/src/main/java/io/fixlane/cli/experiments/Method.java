package io.fixlane.cli.experiments;

/** How a network comes to its arithmetic. */
enum Method {
  /** The first epochs, in float, which all others of a seed start from. */
  START("start"),
  /** All epochs in float. */
  FLOAT("float"),
  /** {@link #FLOAT}, then cast: each I by the rule that is best on training images. */
  PTQ("PTQ"),
  /** As {@link #PTQ}, with the statistics of batch normalisations taken again after the cast. */
  PTQ_SETTLED("PTQ, statistics taken again"),
  /** {@link #FLOAT}, then cast into one type: the I that is best on training images. */
  UNIFORM("one type by hand, cast"),
  /** From {@link #START} on in fixed point, in one type, whose I was found alike. */
  UNIFORM_TRAINED("one type by hand, trained"),
  /** From {@link #START} on in fixed point, with each I as it was calibrated. */
  PINNED("QFX, I pinned"),
  /** From {@link #START} on in fixed point, with each I learned. */
  LEARNED("QFX, I learned"),
  /**
   * {@link #PINNED} for each choice of I about the calibrated ones; the network stays that has the
   * least loss on training images.
   */
  EVERY_POINT("QFX, the best of every I");

  private final String title;

  Method(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Returns whether it only casts a trained network. */
  boolean isPtq() {
    return this == PTQ || this == PTQ_SETTLED || this == UNIFORM;
  }

  /** Returns whether it trains in fixed point. */
  boolean isQfx() {
    return this == PINNED || this == LEARNED || this == UNIFORM_TRAINED || this == EVERY_POINT;
  }
}
