package io.fixlane.autograd.search;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * What is tried: a way into fixed point. All that comes out follows from it and the
 * {@link Ground}.
 *
 * @param method how the float network comes into fixed point
 * @param formats into which
 * @param seed what the order of the images is drawn from
 * @param epochs how long it is trained in fixed point; 0 for PTQ
 */
public record Trial(Method method, Formats formats, long seed, int epochs)
    implements Serializable {
  /**
   * Makes a trial.
   *
   * @throws IllegalArgumentException if PTQ is to be trained, or QFX is not
   */
  public Trial {
    if (epochs < 0 || (method == Method.PTQ) != (epochs == 0)) {
      throw new IllegalArgumentException("epochs is " + epochs + " with " + method
          + ": it must be 0 with PTQ, and at least 1 with QFX");
    }
  }

  /**
   * Makes a trial with a seed of its own, which does not depend on what else is tried.
   *
   * @param searchSeed the seed of the whole search
   */
  public static Trial of(Method method, Formats formats, long searchSeed, int epochs) {
    CRC32C crc = new CRC32C();
    crc.update((method + " " + formats.key()).getBytes(StandardCharsets.UTF_8));
    return new Trial(method, formats, (searchSeed << Integer.SIZE) + crc.getValue(), epochs);
  }

  /** Returns the trial with other epochs, from the start. */
  public Trial withEpochs(int count) {
    return new Trial(method, formats, seed, count);
  }

  /** Returns a name that no other trial of a search has, for files: {@code qfx-w4-e4-6-epochs}. */
  public String key() {
    String key = method.name().toLowerCase(Locale.ROOT) + "-" + formats.key();
    return method == Method.PTQ ? key : key + "-" + epochs + "-epochs";
  }
}
