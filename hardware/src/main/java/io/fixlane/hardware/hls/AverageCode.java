package io.fixlane.hardware.hls;

import io.fixlane.format.FixedFormat;
import io.fixlane.hardware.HardwareException;

/**
 * Averages: exact quotients, cast once.
 *
 * @param types the types of the sum, and of what it is divided in
 * @param function the function of a config that divides a sum by a count
 */
record AverageCode(String types, String function) {
  /**
   * Writes the division.
   *
   * @param most the largest count
   * @param fixed whether every sum has that count
   */
  static AverageCode of(String name, FixedFormat x, int most, boolean fixed, FixedFormat result)
      throws HardwareException {
    FixedFormat sum = ExactFormats.sum(x, most, null);
    String types = Cpp.typedef(sum, name + "_sum_t");
    if (fixed && Integer.bitCount(most) == 1) {
      int shift = Integer.numberOfTrailingZeros(most);
      FixedFormat exact =
          ExactFormats.signed(sum.integerBits(), sum.fractionBits() + (long) shift);
      return new AverageCode(types + Cpp.typedef(exact, name + "_quotient_t"), """
            static %1$s_t average(const sum_t &sum, int count) {
          #pragma HLS INLINE
              return %1$s_t(%1$s_quotient_t(sum) >> %2$d);
            }
          """.formatted(name, shift));
    }
    int countBits = Integer.SIZE - Integer.numberOfLeadingZeros(most);
    int bottom = -(result.fractionBits() + 1);
    int top = Math.max(x.integerBits() - 1, bottom);
    FixedFormat wide = ExactFormats.signed(
        Math.max(sum.integerBits() + 1L, countBits + Math.max(top, 0) + 2L),
        Math.max(0, Math.max(sum.fractionBits(), 1 - bottom)));
    return new AverageCode(types + Cpp.typedef(wide, name + "_quotient_t"), """
          static %1$s_t average(const sum_t &sum, int count) {
        #pragma HLS INLINE
            return fixlane::quotient<%1$s_t, %1$s_quotient_t, %2$d, %3$d>(sum, count);
          }
        """.formatted(name, top, bottom));
  }
}
