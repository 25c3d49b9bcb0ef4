package io.fixlane.autograd.fixed.cast;

import io.fixlane.autograd.NonFiniteException;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.Cast;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The cast of floats into a format and back, by the kernels' loops, in pieces the cache holds. */
public final class CastPlan {
  private static final int PIECE = 4096;
  private static final Map<FixedFormat, CastPlan> KNOWN = new ConcurrentHashMap<>();

  private final FixedFormat format;
  private final Cast into;
  private final Cast exactly;
  private final Cast back;

  private CastPlan(FixedFormat format) {
    this.format = Tensor.requireExact(format);
    this.into = Cast.fromFloat(format);
    // Of words all modes make the same, but for the one that AP_SAT_SYM avoids.
    this.exactly = Cast.fromFloat(
        format.withModes(QuantizationMode.AP_RND_CONV, OverflowMode.AP_SAT));
    this.back = Cast.toFloat(format);
  }

  /** Returns the plan, made once for a format. */
  public static CastPlan of(FixedFormat format) {
    return KNOWN.computeIfAbsent(format, CastPlan::new);
  }

  /** Casts numbers on the tape's threads. */
  float[] run(Tape tape, float[] x) {
    float[] y = tape.floats(x.length);
    Parts.forEach(tape, x.length, (from, to) -> run(x, y, from, to));
    return y;
  }

  /** Casts the numbers of a range. */
  public void run(float[] x, float[] y, int from, int to) {
    MemorySegment source = MemorySegment.ofArray(x);
    MemorySegment target = MemorySegment.ofArray(y);
    MemorySegment words = FixedTensor.allocate(format, Math.min(PIECE, to - from)).segment();
    for (int at = from; at < to; at += PIECE) {
      int count = Math.min(PIECE, to - at);
      try {
        into.run(source, at, words, 0, count);
      } catch (IllegalArgumentException e) {
        // The ranges are right, so a number is not: it is NaN, or infinite where the cast wraps.
        throw new NonFiniteException(e.getMessage());
      }
      back.run(words, 0, target, at, count);
    }
  }

  /** Returns the words of numbers that are values of the format. */
  public FixedTensor words(float[] x, int... shape) {
    FixedTensor words = FixedTensor.allocate(format, shape);
    exactly.run(MemorySegment.ofArray(x), 0, words.segment(), 0, x.length);
    return words;
  }

  /** Writes the values of words. */
  public float[] values(Tape tape, FixedTensor words) {
    float[] y = tape.floats(Math.toIntExact(words.size()));
    back.run(words.segment(), 0, MemorySegment.ofArray(y), 0, y.length);
    return y;
  }
}
