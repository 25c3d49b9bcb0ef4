package io.fixlane.cli.words;

import io.fixlane.cli.words.file.WordSource;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Cast;
import io.fixlane.kernels.CastStatistics;
import io.fixlane.reference.ReferenceCast;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Words cast into another format: many at once by the kernels, or one by one where a format is
 * wider than theirs.
 */
final class CastWords {
  private static final int CHUNK = 4096;

  private final WordSource source;
  private final FixedFormat from;
  private final FixedFormat to;
  private final @Nullable Cast cast;
  private final @Nullable CastStatistics statistics;
  private final BigInteger[] originals = new BigInteger[CHUNK];
  private final BigInteger[] results = new BigInteger[CHUNK];
  private int filled;
  private int taken;
  private long overflowed;
  private long inexact;

  CastWords(WordSource source, FixedFormat from, FixedFormat to) {
    this.source = source;
    this.from = from;
    this.to = to;
    boolean narrow = from.width() <= Long.SIZE && to.width() <= Long.SIZE;
    cast = narrow && !from.equals(to) ? Cast.of(from, to) : null;
    statistics = cast == null ? null : cast.newStatistics();
  }

  /** Returns the next word, cast, or null at the end. */
  @Nullable
  BigInteger next() throws IOException {
    if (taken == filled) {
      fill();
    }
    return taken == filled ? null : results[taken++];
  }

  /** Returns the word that the last one was cast from. */
  BigInteger original() {
    return originals[taken - 1];
  }

  private void fill() throws IOException {
    taken = 0;
    filled = 0;
    while (filled < CHUNK) {
      BigInteger word = source.next();
      if (word == null) {
        break;
      }
      originals[filled++] = word;
    }
    if (from.equals(to)) {
      System.arraycopy(originals, 0, results, 0, filled);
    } else if (cast == null) {
      castOneByOne();
    } else if (filled > 0) {
      castAtOnce(cast);
    }
  }

  private void castAtOnce(Cast plan) {
    FixedTensor words = FixedTensor.allocate(from, filled);
    FixedTensor target = FixedTensor.allocate(to, filled);
    for (int i = 0; i < filled; i++) {
      words.setRaw(i, originals[i].longValue());
    }
    plan.run(words, target, statistics);
    for (int i = 0; i < filled; i++) {
      results[i] = target.value(i).raw();
    }
  }

  private void castOneByOne() {
    for (int i = 0; i < filled; i++) {
      ReferenceCast one = ReferenceCast.of(originals[i], from.fractionBits(), to);
      overflowed += one.overflow() == ReferenceCast.Overflow.NONE ? 0 : 1;
      inexact += one.halfBit() || one.stickyBit() ? 1 : 0;
      results[i] = one.result().raw();
    }
  }

  /** Returns how many words lay outside of the target's range. */
  long overflowed() {
    return statistics == null
        ? overflowed
        : statistics.overflowedHigh() + statistics.overflowedLow();
  }

  /** Returns how many words lost bits below the target's last. */
  long inexact() {
    return statistics == null ? inexact : statistics.inexact();
  }
}
