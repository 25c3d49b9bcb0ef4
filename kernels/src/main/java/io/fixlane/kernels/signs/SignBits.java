package io.fixlane.kernels.signs;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.ExactFormat;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Signs from bytes into bits: 1 where a byte is not negative.
 *
 * <p>A multiplication moves the lowest bits of eight bytes together: with factor 2<sup>7</sup> +
 * 2<sup>14</sup> + ... + 2<sup>56</sup>, bit 8i of the long reaches bit 56 + i by the summand
 * 2<sup>56 - 7i</sup>, and no two summands meet in one bit.
 */
public final class SignBits {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOWEST = 0x0101_0101_0101_0101L;
  private static final long TOGETHER = 0x0102_0408_1020_4080L;

  private SignBits() {}

  /**
   * Returns the format of a word's sign, its most significant bit as a word that is 0 or -1: one
   * more where the words are unsigned.
   */
  public static FixedFormat format(FixedFormat words) {
    return ExactFormat.of("the sign of words of " + words, true, 1,
        words.integerBits() + (words.signed() ? 0L : 1));
  }

  /**
   * Packs signs from the lowest bit up; the bits after the last are 0.
   *
   * @param bytes {@code count} bytes, and others up to a multiple of 64
   * @param bits ceil(count / 64) words, to be written from {@code offset} on
   */
  public static void pack(byte[] bytes, int count, long[] bits, int offset) {
    int words = (count + Long.SIZE - 1) / Long.SIZE;
    for (int q = 0; q < words; q++) {
      long negative = 0;
      for (int i = 0; i < Long.SIZE; i += Byte.SIZE) {
        long x = (long) LONG.get(bytes, q * Long.SIZE + i);
        negative |= ((x >>> 7 & LOWEST) * TOGETHER >>> 56) << i;
      }
      bits[offset + q] = ~negative;
    }
    if (count % Long.SIZE != 0) {
      bits[offset + words - 1] &= -1L >>> -count;
    }
  }
}
