package io.fixlane.format;

/**
 * What a cast does with a quantized value outside the destination's range (UG1399, "Overflow
 * modes"). The names are those of C++.
 */
public enum OverflowMode {
  /** The nearest end of the range. */
  AP_SAT("saturate to the nearest end of the range"),
  /** Zero. */
  AP_SAT_ZERO("become zero"),
  /** The nearest end of the range made symmetric: the most negative word is avoided. */
  AP_SAT_SYM("saturate symmetrically, avoiding the most negative word"),
  /** The low bits; N of the top bits are saturated. The default of HLS, with N = 0. */
  AP_WRAP("wrap around; the top N bits saturate"),
  /**
   * Sign-magnitude wrap: the low bits, inverted where the sign is not kept. Signed formats only.
   */
  AP_WRAP_SM("wrap around in sign and magnitude; the top N bits saturate");

  /** The mode of a C++ type that names none. */
  public static final OverflowMode DEFAULT = AP_WRAP;

  private final String summary;

  OverflowMode(String summary) {
    this.summary = summary;
  }

  /** Returns what the mode does, in a few words. */
  public String summary() {
    return summary;
  }

  /**
   * Returns whether the mode wraps: what it makes of a word outside the range depends on the word's
   * low bits, and on the number N of top bits that saturate. It has no word for an infinity. A mode
   * that does not wrap has one word for all that is too large, and one for all that is too small.
   */
  public boolean wraps() {
    return switch (this) {
      case AP_SAT, AP_SAT_ZERO, AP_SAT_SYM -> false;
      case AP_WRAP, AP_WRAP_SM -> true;
    };
  }

  /** Returns whether the mode makes of a word outside the range the nearest one that it keeps. */
  public boolean clamps() {
    return switch (this) {
      case AP_SAT, AP_SAT_SYM -> true;
      case AP_SAT_ZERO, AP_WRAP, AP_WRAP_SM -> false;
    };
  }

  /** Returns whether an unsigned format can have the mode. */
  public boolean servesUnsigned() {
    return switch (this) {
      case AP_SAT, AP_SAT_ZERO, AP_SAT_SYM, AP_WRAP -> true;
      case AP_WRAP_SM -> false;
    };
  }
}
