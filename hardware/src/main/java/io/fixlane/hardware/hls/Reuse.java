package io.fixlane.hardware.hls;

import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.HlsOptions;
import java.util.OptionalInt;

/**
 * How many products of a layer are computed at once: their number divided by the reuse factor. As
 * many outputs are computed together as that allows, and then as many taps of each.
 *
 * @param outputs how many outputs at once
 * @param taps how many taps of each
 */
record Reuse(int outputs, int taps) {
  /**
   * Returns the smallest reuse that is at least the asked one, and divides the products.
   *
   * @throws HardwareException if that would be more products than are unrolled
   */
  static Reuse of(int outputs, int taps, OptionalInt asked) throws HardwareException {
    if (asked.isEmpty()) {
      return new Reuse(1, 1);
    }
    Reuse reuse = atLeast(outputs, taps, asked.getAsInt());
    if (reuse.products() > HlsOptions.MOST_PRODUCTS) {
      long all = (long) outputs * taps;
      long least = -Math.floorDiv(-all, (long) HlsOptions.MOST_PRODUCTS);
      throw new HardwareException("with a reuse of " + asked.getAsInt() + " it computes "
          + reuse.products() + " products at once: at most " + HlsOptions.MOST_PRODUCTS
          + " are unrolled, as with a reuse of " + least + " or more");
    }
    return reuse;
  }

  /** Returns all at once. */
  static Reuse all(int outputs, int taps) {
    return new Reuse(outputs, taps);
  }

  /** Returns the sizes as constants of a config. */
  String sizes() {
    return """
          static const int outputs_at_once = %d;
          static const int taps_at_once = %d;
        """.formatted(outputs, taps);
  }

  private static Reuse atLeast(int outputs, int taps, int asked) {
    if (asked <= taps) {
      return new Reuse(outputs, taps / divisor(taps, asked));
    }
    long rounds = -Math.floorDiv(-(long) asked, (long) taps);
    return new Reuse(rounds >= outputs ? 1 : outputs / divisor(outputs, (int) rounds), 1);
  }

  private static int divisor(int number, int least) {
    int divisor = least;
    while (number % divisor != 0) {
      divisor++;
    }
    return divisor;
  }

  /** Returns how many channels of a pixel are computed at once, the reuse of each being asked. */
  static int channels(int channels, OptionalInt asked) {
    return asked.isEmpty() ? 1 : channels / divisor(channels, Math.min(channels, asked.getAsInt()));
  }

  long products() {
    return (long) outputs * taps;
  }
}
