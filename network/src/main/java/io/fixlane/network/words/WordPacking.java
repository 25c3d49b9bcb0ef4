package io.fixlane.network.words;

import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.FixedTensor;
import java.nio.ByteBuffer;

/**
 * Words of W bits in a stream without gaps: word i is the bits from i x W on, its lowest first, and
 * bit b of the stream is bit b mod 8, from the lowest, of byte b / 8. The bits after the last word
 * are 0. For W below 8 it is the order of {@link io.fixlane.tensor.BitPackedTensor}.
 */
public final class WordPacking {
  private WordPacking() {}

  /** Returns the bytes of so many words. */
  public static long bytes(long words, FixedFormat format) {
    return Math.ceilDiv(Math.multiplyExact(words, (long) format.width()), 8L);
  }

  /** Writes words, in whole bytes. */
  public static void pack(FixedTensor words, ByteBuffer out) {
    int pending = 0;
    int count = 0;
    for (long i = 0; i < words.size(); i++) {
      long rest = words.raw(i);
      for (int left = words.format().width(); left > 0;) {
        int taken = Math.min(left, 8 - count);
        pending |= (int) (rest & ((1 << taken) - 1)) << count;
        rest >>>= taken;
        left -= taken;
        count += taken;
        if (count == 8) {
          out.put((byte) pending);
          pending = 0;
          count = 0;
        }
      }
    }
    if (count > 0) {
      out.put((byte) pending);
    }
  }

  /**
   * Reads words.
   *
   * @throws IllegalArgumentException if a bit after the last word is not 0
   */
  public static void unpack(ByteBuffer in, FixedTensor words) {
    int width = words.format().width();
    int unused = 64 - width;
    int pending = 0;
    int count = 0;
    for (long i = 0; i < words.size(); i++) {
      long word = 0;
      for (int done = 0; done < width;) {
        if (count == 0) {
          pending = in.get() & 0xff;
          count = 8;
        }
        int taken = Math.min(width - done, count);
        word |= (pending & ((1L << taken) - 1)) << done;
        pending >>= taken;
        count -= taken;
        done += taken;
      }
      words.setRaw(i, words.format().signed() ? word << unused >> unused : word);
    }
    if (pending != 0) {
      throw new IllegalArgumentException(
          "the bits after the last of " + words.size() + " words of " + words.format()
              + " must be 0");
    }
  }
}
