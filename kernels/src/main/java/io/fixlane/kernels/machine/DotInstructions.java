package io.fixlane.kernels.machine;

/** The instructions that dot products are made of, on vectors of one size. */
public enum DotInstructions {
  /** vpdpbusd and vpdpwssd of AVX-512 VNNI. */
  AVX512_VNNI(512, true),
  /** vpdpbusd and vpdpwssd of AVX-VNNI. */
  AVX_VNNI(256, true),
  /** vpmaddwd and vpaddd of AVX-512BW. */
  AVX512(512, false),
  /** vpmaddwd and vpaddd of AVX2. */
  AVX2(256, false);

  private final int bits;
  private final boolean vnni;

  DotInstructions(int bits, boolean vnni) {
    this.bits = bits;
    this.vnni = vnni;
  }

  /** Returns the size of a vector. */
  public int bits() {
    return bits;
  }

  /** Returns whether one instruction multiplies and adds to the sums, of bytes too. */
  public boolean vnni() {
    return vnni;
  }

  /** Returns whether a processor has them. */
  public boolean usable(Processor processor) {
    return switch (this) {
      case AVX512_VNNI -> processor.avx512Vnni();
      case AVX_VNNI -> processor.avxVnni();
      case AVX512 -> processor.avx512();
      case AVX2 -> processor.avx2();
    };
  }
}
