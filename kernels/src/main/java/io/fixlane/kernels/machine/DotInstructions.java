package io.fixlane.kernels.machine;

import org.jspecify.annotations.Nullable;

/** The instructions that dot products are made of, on vectors of one size; the best come first. */
public enum DotInstructions {
  /** tdpbusd of AMX, of matrices of bytes. */
  AMX(512, true, false),
  /** vpdpbusd and vpdpwssd of AVX-512 VNNI. */
  AVX512_VNNI(512, true, false),
  /** vpdpbusd and vpdpwssd of AVX-VNNI. */
  AVX_VNNI(256, true, false),
  /** vpmaddwd and vpaddd of AVX-512BW. */
  AVX512(512, false, false),
  /** vpmaddwd and vpaddd of AVX2. */
  AVX2(256, false, false),
  /** sdot of AArch64. */
  DOTPROD(128, false, true);

  private final int bits;
  private final boolean vnni;
  private final boolean arm;

  DotInstructions(int bits, boolean vnni, boolean arm) {
    this.bits = bits;
    this.vnni = vnni;
    this.arm = arm;
  }

  /**
   * Returns the instructions that serve what these do not, and that every processor has which has
   * these; null where these serve all.
   */
  public @Nullable DotInstructions beside() {
    return this == AMX ? AVX512_VNNI : null;
  }

  /** Returns the size of a vector. */
  public int bits() {
    return bits;
  }

  /** Returns whether they are VNNI: one multiplies and adds to the sums, of bytes too. */
  public boolean vnni() {
    return vnni;
  }

  /** Returns whether they are AArch64's, and else those of x86-64. */
  public boolean arm() {
    return arm;
  }
}
