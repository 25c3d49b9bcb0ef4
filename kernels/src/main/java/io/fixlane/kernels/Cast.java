package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.loop.Loops;
import io.fixlane.kernels.lanes.loop.Operation;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a cast: from one fixed-point format into another, from float or double, or to float
 * or double; every quantization and overflow mode, words of at most 64 bits. It computes word for
 * word what {@code Fixed.cast} does.
 *
 * <p>A plan is immutable and may be shared by threads; {@code run} does not allocate. Memory is
 * given as segments, of arrays or native, at any alignment; indexes count words. Source and target
 * may be the same words where their containers have one size; any other overlap is refused. A word
 * that is not in its format's range gives an unspecified word.
 *
 * {@snippet class="io.fixlane.kernels.example.CastExample" region="cast"}
 */
public final class Cast {
  private final @Nullable FixedFormat sourceFormat;
  private final @Nullable FixedFormat targetFormat;
  private final Container source;
  private final Container target;
  private final Plan plan;

  private Cast(
      @Nullable FixedFormat sourceFormat, @Nullable FixedFormat targetFormat, Container source,
      Container target,
      Plan plan) {
    this.sourceFormat = sourceFormat;
    this.targetFormat = targetFormat;
    this.source = source;
    this.target = target;
    this.plan = plan;
  }

  /**
   * Plans a cast from one format into another. A copy into the very same format is a plain copy.
   *
   * @throws IllegalArgumentException if a format is wider than 64 bits
   */
  public static Cast of(FixedFormat source, FixedFormat target) {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
    Operand operand = Operand.of(source, 0, false);
    // A copy changes nothing, not even the word that AP_SAT_SYM avoids.
    FixedFormat into = source.equals(target)
        ? target.withModes(target.quantization(), OverflowMode.AP_WRAP)
        : target;
    return new Cast(source, target, operand.container(), Container.of(target), new Plan(
        counting -> Loops.of(Operation.COPY, operand, null, null, source, 0, into, counting)));
  }

  /**
   * Plans a cast from float, with one rounding; -0.0 gives 0. An infinity saturates, or is 0 under
   * AP_SAT_ZERO.
   *
   * @throws IllegalArgumentException if {@code target} is wider than 64 bits
   */
  public static Cast fromFloat(FixedFormat target) {
    Objects.requireNonNull(target, "target");
    return fromNumber(Container.FLOAT, target);
  }

  /**
   * Plans a cast from double, with one rounding; -0.0 gives 0. An infinity saturates, or is 0 under
   * AP_SAT_ZERO.
   *
   * @throws IllegalArgumentException if {@code target} is wider than 64 bits
   */
  public static Cast fromDouble(FixedFormat target) {
    Objects.requireNonNull(target, "target");
    return fromNumber(Container.DOUBLE, target);
  }

  private static Cast fromNumber(Container source, FixedFormat target) {
    return new Cast(null, target, source, Container.of(target), new Plan(
        counting -> Loops.fromFloat(source, target, counting)));
  }

  /**
   * Plans a cast to float, to nearest, ties to even; a value beyond the largest float becomes an
   * infinity. Words of more than 53 bits that could be subnormal or overflow are cast one by one.
   *
   * @throws IllegalArgumentException if {@code source} is wider than 64 bits
   */
  public static Cast toFloat(FixedFormat source) {
    Objects.requireNonNull(source, "source");
    return toNumber(source, Container.FLOAT);
  }

  /**
   * Plans a cast to double, to nearest, ties to even; a value beyond the largest double becomes an
   * infinity. Words that could be subnormal or overflow are cast one by one.
   *
   * @throws IllegalArgumentException if {@code source} is wider than 64 bits
   */
  public static Cast toDouble(FixedFormat source) {
    Objects.requireNonNull(source, "source");
    return toNumber(source, Container.DOUBLE);
  }

  private static Cast toNumber(FixedFormat source, Container target) {
    return new Cast(source, null, Container.of(source), target, new Plan(
        counting -> Loops.toFloat(source, target)));
  }

  /**
   * Casts a range of words.
   *
   * @param sourceMemory the source, words of the source format or numbers
   * @param sourceIndex the first word read
   * @param targetMemory the target, words of the target format or numbers
   * @param targetIndex the first word written
   * @param count the number of words
   * @throws IllegalArgumentException if a range does not lie in its memory, the target is
   *     read-only, the ranges overlap other than in place, or a number has no meaning: it is NaN,
   *     or infinite where the overflow mode wraps. The message names its index; the words before it
   *     have been written
   */
  public void run(
      MemorySegment sourceMemory, long sourceIndex, MemorySegment targetMemory, long targetIndex,
      long count) {
    run(sourceMemory, sourceIndex, targetMemory, targetIndex, count, null);
  }

  /**
   * Casts a range of words and counts what happened to them.
   *
   * @param sourceMemory the source, words of the source format or numbers
   * @param sourceIndex the first word read
   * @param targetMemory the target, words of the target format or numbers
   * @param targetIndex the first word written
   * @param count the number of words
   * @param statistics what to count into, made by {@link #newStatistics} of this or an equal plan;
   *     null to count nothing
   * @throws IllegalArgumentException as
   *     {@link #run(MemorySegment, long, MemorySegment, long, long)}, or if the statistics count
   *     values of another format
   */
  public void run(
      MemorySegment sourceMemory, long sourceIndex, MemorySegment targetMemory, long targetIndex,
      long count,
      @Nullable CastStatistics statistics) {
    Objects.requireNonNull(sourceMemory, "sourceMemory");
    Objects.requireNonNull(targetMemory, "targetMemory");
    if (statistics != null) {
      Plan.requireSource(statistics, sourceFormat);
    }
    Memory.check("source", sourceMemory, source, sourceIndex, targetMemory, target, targetIndex,
        count);
    long done = plan.compute(
        sourceMemory, sourceIndex * source.bytes(), targetMemory, targetIndex * target.bytes(),
        count, statistics);
    if (done < count) {
      throw new IllegalArgumentException(
          "source number " + (sourceIndex + done) + " is "
              + source.number(sourceMemory, (sourceIndex + done) * source.bytes())
              + ": it has no meaning in " + targetFormat);
    }
  }

  /**
   * Casts a whole tensor.
   *
   * @throws IllegalArgumentException if a tensor has another format than the plan, or their sizes
   *     differ
   */
  public void run(FixedTensor from, FixedTensor to) {
    run(from, to, null);
  }

  /**
   * Casts a whole tensor and counts what happened to its words.
   *
   * @throws IllegalArgumentException if a tensor has another format than the plan, or their sizes
   *     differ
   */
  public void run(FixedTensor from, FixedTensor to, @Nullable CastStatistics statistics) {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Plan.requireFormat("source", from, sourceFormat);
    Plan.requireFormat("target", to, targetFormat);
    Plan.requireSize("target", to, from.size());
    run(from.segment(), 0, to.segment(), 0, from.size(), statistics);
  }

  /**
   * Returns statistics to count into, empty.
   *
   * @throws IllegalStateException if the plan casts to float or double: such a cast is not counted
   */
  public CastStatistics newStatistics() {
    if (targetFormat == null) {
      throw new IllegalStateException(
          "a cast to " + target.type() + " neither overflows nor is counted");
    }
    return new CastStatistics(sourceFormat);
  }

  /** Returns what the plan does and how: formats, lanes and vector width. */
  public String explain() {
    return "cast " + name(sourceFormat, source) + " -> " + name(targetFormat, target) + ": "
        + plan.explain();
  }

  private static String name(@Nullable FixedFormat format, Container container) {
    return format == null ? container.type().toString() : format.toString();
  }

  @Override
  public String toString() {
    return explain();
  }
}
