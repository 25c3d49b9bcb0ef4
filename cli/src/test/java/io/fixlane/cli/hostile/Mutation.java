package io.fixlane.cli.hostile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Random changes of a file's bytes: damage, downloads that were cut off, and malice. */
final class Mutation {
  private static final int MOST_CHANGES = 4;
  private static final int LONGEST_RUN = 64;
  private static final int[] EXTREMES =
      {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 16, 1 << 24, 0x7ffffff7};
  private static final String[] TEXTS = {"-", ".", " ", "\t", "\n", "\r\n", "#", ",", "0x", "e",
    "1e400", "NaN", "-0", "99999999999999999999", "2147483648", "-2147483648", "<4096,3>", "[", "{",
    "\"", "null", "\u00e9"};

  private Mutation() {}

  /** Returns a copy of a file with one to four changes. */
  static byte[] of(byte[] file, Random random) {
    byte[] changed = file.clone();
    for (int i = random.nextInt(MOST_CHANGES); i >= 0; i--) {
      changed = once(changed, random);
    }
    return changed;
  }

  private static byte[] once(byte[] file, Random random) {
    int at = random.nextInt(file.length + 1);
    int end = at + random.nextInt(Math.min(LONGEST_RUN, file.length - at) + 1);
    return switch (random.nextInt(8)) {
      case 0 -> overwritten(file, at, new byte[] {(byte) random.nextInt()});
      case 1 -> overwritten(file, at, extreme(random));
      case 2 -> replaced(file, at, at, text(random));
      case 3 -> replaced(file, at, end, text(random));
      case 4 -> replaced(file, at, end, new byte[0]);
      case 5 -> replaced(file, at, at, Arrays.copyOfRange(file, at, end));
      case 6 -> Arrays.copyOf(file, at);
      default -> {
        byte[] flipped = file.clone();
        if (at < file.length) {
          flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        yield flipped;
      }
    };
  }

  private static byte[] extreme(Random random) {
    ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return ByteBuffer.allocate(Integer.BYTES).order(order)
        .putInt(EXTREMES[random.nextInt(EXTREMES.length)]).array();
  }

  private static byte[] text(Random random) {
    return TEXTS[random.nextInt(TEXTS.length)].getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] overwritten(byte[] file, int at, byte[] with) {
    byte[] result = file.clone();
    System.arraycopy(with, 0, result, at, Math.min(with.length, file.length - at));
    return result;
  }

  private static byte[] replaced(byte[] file, int from, int to, byte[] by) {
    return ByteBuffer.allocate(file.length - (to - from) + by.length)
        .put(file, 0, from).put(by).put(file, to, file.length - to).array();
  }
}
