package io.fixlane.kernels.lanes;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Words of W &lt; 8 bits: one a byte, or dense in a little-endian stream of bits.
 *
 * <p>Eight words are a long of 8 bytes, or one of W bytes. Three steps lead from one to the other,
 * each of which closes the gaps of neighbours; here with W = 3, d = 8 - W, and a digit for each
 * word:
 *
 * <pre>
 *   .....777.....666.....555.....444.....333.....222.....111.....000
 *   ..........777666..........555444..........333222..........111000    by d
 *   ....................777666555444....................333222111000    by 2d
 *   ........................................777666555444333222111000    by 4d
 * </pre>
 *
 * <p>The JIT turns the loop of these steps into vector code, and they need no special instruction,
 * where {@link Long#compress} needs one that not every machine has. Blocks are copied into a buffer
 * that ends on a whole long: so a tail needs no code of its own, and any kind of segment meets the
 * same loop.
 */
public final class BitPacking {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BLOCK = 4096;

  private BitPacking() {}

  /** Returns the bytes that {@code count} dense words take: ceil(count x width / 8). */
  public static long byteSize(long count, int width) {
    return count / 8 * width + (count % 8 * width + 7) / 8;
  }

  /**
   * Packs the low bits of each word; the bits after the last are 0.
   *
   * @param words {@code count} bytes
   * @param bits {@link #byteSize} bytes, to be written
   */
  public static void pack(MemorySegment words, MemorySegment bits, long count, int width) {
    byte[] buffer = buffer(count);
    for (long start = 0; start < count; start += BLOCK) {
      int length = (int) Math.min(BLOCK, count - start);
      int groups = (length + 7) / 8;
      MemorySegment.copy(words, ValueLayout.JAVA_BYTE, start, buffer, 0, length);
      // Zeros, where a last block is shorter than the one before.
      Arrays.fill(buffer, length, 8 * groups, (byte) 0);
      close(buffer, groups, width);
      for (int i = 0; i < groups; i++) {
        LONG.set(buffer, i * width, (long) LONG.get(buffer, 8 * i));
      }
      MemorySegment.copy(
          buffer, 0, bits, ValueLayout.JAVA_BYTE, start / 8 * width, (int) byteSize(length, width));
    }
  }

  /**
   * Unpacks words, sign- or zero-extended to bytes.
   *
   * @param bits {@link #byteSize} bytes
   * @param words {@code count} bytes, to be written
   */
  public static void unpack(
      MemorySegment bits, MemorySegment words, long count, int width, boolean signed) {
    byte[] buffer = buffer(count);
    for (long start = 0; start < count; start += BLOCK) {
      int length = (int) Math.min(BLOCK, count - start);
      int groups = (length + 7) / 8;
      MemorySegment.copy(
          bits, ValueLayout.JAVA_BYTE, start / 8 * width, buffer, 0, (int) byteSize(length, width));
      for (int i = groups - 1; i >= 0; i--) {
        LONG.set(buffer, 8 * i, (long) LONG.get(buffer, i * width));
      }
      open(buffer, groups, width, signed);
      MemorySegment.copy(buffer, 0, words, ValueLayout.JAVA_BYTE, start, length);
    }
  }

  private static byte[] buffer(long count) {
    return new byte[(int) Math.min(BLOCK, (count + 7) & -8)];
  }

  private static void close(byte[] buffer, int groups, int width) {
    int d = 8 - width;
    long low1 = low1(width);
    long low2 = low2(width);
    long low4 = low4(width);
    for (int i = 0; i < groups; i++) {
      long x = (long) LONG.get(buffer, 8 * i);
      x = (x & low1) | ((x & (low1 << 8)) >>> d);
      x = (x & low2) | ((x & (low2 << 16)) >>> (2 * d));
      x = (x & low4) | ((x & (low4 << 32)) >>> (4 * d));
      LONG.set(buffer, 8 * i, x);
    }
  }

  private static void open(byte[] buffer, int groups, int width, boolean signed) {
    int d = 8 - width;
    long low1 = low1(width);
    long low2 = low2(width);
    long low4 = low4(width);
    long signs = signed ? 0x0101_0101_0101_0101L << (width - 1) : 0;
    for (int i = 0; i < groups; i++) {
      long x = (long) LONG.get(buffer, 8 * i);
      x = (x & low4) | ((x << (4 * d)) & (low4 << 32));
      x = (x & low2) | ((x << (2 * d)) & (low2 << 16));
      x = (x & low1) | ((x << d) & (low1 << 8));
      long negative = x & signs;
      // 2^8 - 2^(W-1) in each byte whose sign is set: ones from the sign up.
      LONG.set(buffer, 8 * i, x | ((negative << (d + 1)) - negative));
    }
  }

  /** W ones in the lower of two bytes. */
  private static long low1(int width) {
    return 0x0001_0001_0001_0001L * ((1L << width) - 1);
  }

  /** 2W ones in the lower of two pairs of bytes. */
  private static long low2(int width) {
    return 0x0000_0001_0000_0001L * ((1L << 2 * width) - 1);
  }

  /** 4W ones in the lower of two fours of bytes. */
  private static long low4(int width) {
    return (1L << 4 * width) - 1;
  }
}
