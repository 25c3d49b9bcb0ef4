package io.fixlane.format;

/**
 * What a cast does with the bits below the destination's least significant bit (UG1399,
 * "Quantization modes"). The names are those of C++.
 */
public enum QuantizationMode {
  /** To nearest, ties toward plus infinity. */
  AP_RND("to nearest, ties toward plus infinity"),
  /** To nearest, ties toward zero. */
  AP_RND_ZERO("to nearest, ties toward zero"),
  /** To nearest, ties toward minus infinity. */
  AP_RND_MIN_INF("to nearest, ties toward minus infinity"),
  /** To nearest, ties away from zero. */
  AP_RND_INF("to nearest, ties away from zero"),
  /** To nearest, ties to the even word (convergent rounding). */
  AP_RND_CONV("to nearest, ties to even"),
  /** Toward minus infinity: the low bits are dropped. The default of HLS. */
  AP_TRN("truncate toward minus infinity"),
  /** Toward zero. */
  AP_TRN_ZERO("truncate toward zero");

  /** The mode of a C++ type that names none. */
  public static final QuantizationMode DEFAULT = AP_TRN;

  private final String summary;

  QuantizationMode(String summary) {
    this.summary = summary;
  }

  /** Returns what the mode does, in a few words. */
  public String summary() {
    return summary;
  }
}
