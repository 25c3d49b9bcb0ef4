package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.cast.CastCounter;
import io.fixlane.kernels.lanes.loop.Loops;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The loops of a plan: plain ones, and counting ones that are made when they are first asked for.
 */
final class Plan {
  private final Function<Boolean, Loops> factory;
  private final @Nullable MemorySegment constant;
  private final Loops plain;
  private volatile @Nullable Loops counting;

  /** Makes the loops; the factory is told whether they count. */
  Plan(Function<Boolean, Loops> factory) {
    this(factory, null);
  }

  /** Makes the loops of a plan on one operand, with a second one that never changes. */
  Plan(Function<Boolean, Loops> factory, @Nullable MemorySegment constant) {
    this.factory = factory;
    this.constant = constant;
    this.plain = factory.apply(false);
  }

  private Loops loops(@Nullable CastStatistics statistics) {
    if (statistics == null) {
      return plain;
    }
    Loops made = counting;
    if (made == null) {
      made = factory.apply(true);
      counting = made;
    }
    return made;
  }

  /** Runs over {@code count} elements of one operand. */
  long compute(
      MemorySegment a, long aOffset, MemorySegment target, long targetOffset, long count,
      @Nullable CastStatistics statistics) {
    MemorySegment b = constant == null ? a : constant;
    return compute(a, aOffset, b, 0, b, 0, target, targetOffset, count, statistics);
  }

  /** Runs over {@code count} elements of one operand, with a constant from an offset on. */
  void compute(
      MemorySegment a, long aOffset, long constantOffset, MemorySegment target, long targetOffset,
      long count) {
    MemorySegment b = Objects.requireNonNull(constant, "constant");
    compute(a, aOffset, b, constantOffset, b, 0, target, targetOffset, count, null);
  }

  /**
   * Runs over {@code count} elements; returns how many were computed before a number without a
   * meaning.
   */
  long compute(
      MemorySegment a, long aOffset, MemorySegment b, long bOffset, MemorySegment c, long cOffset,
      MemorySegment target, long targetOffset, long count, @Nullable CastStatistics statistics) {
    CastCounter counter = statistics == null ? null : statistics.counter();
    return loops(statistics).compute(
        a, aOffset, b, bOffset, c, cOffset, target, targetOffset, count, counter);
  }

  String explain() {
    return plain.explain();
  }

  static void requireFormat(String name, FixedTensor tensor, @Nullable FixedFormat format) {
    Objects.requireNonNull(tensor, name);
    if (format == null) {
      throw new IllegalArgumentException(
          name + " is a tensor: the plan takes a segment of numbers there");
    }
    if (!tensor.format().equals(format)) {
      throw new IllegalArgumentException(
          name + " has the format " + tensor.format() + ": the plan's is " + format);
    }
  }

  static void requireSize(String name, FixedTensor tensor, long size) {
    if (tensor.size() != size) {
      throw new IllegalArgumentException(
          name + " has " + tensor.size() + " words: it must have " + size);
    }
  }

  static void requireSource(CastStatistics statistics, @Nullable FixedFormat exact) {
    if (!Objects.equals(statistics.source(), exact)) {
      throw new IllegalArgumentException(
          "statistics count values of " + statistics.source() + ": the plan casts values of "
              + exact);
    }
  }
}
