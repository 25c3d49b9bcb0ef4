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

  private final String summary;

  OverflowMode(String summary) {
    this.summary = summary;
  }

  /** Returns what the mode does, in a few words. */
  public String summary() {
    return summary;
  }

  /** Returns whether the mode wraps, and so takes a number N of saturated bits. */
  public boolean wraps() {
    return this == AP_WRAP || this == AP_WRAP_SM;
  }
}
