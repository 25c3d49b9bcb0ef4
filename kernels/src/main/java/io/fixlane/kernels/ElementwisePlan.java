package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Operation;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * How an {@link Elementwise} runs: what is checked, and which loops meet which words.
 *
 * @param exact what is computed before the cast
 * @param result the format of the results
 * @param full the loops on a word for every element
 * @param scalar the loops on one word of other operands for all elements
 * @param constants the words of channels of a scale-and-shift, which are no operands of a run
 * @param operands the number of operands of a run
 */
record ElementwisePlan(Exact exact, FixedFormat result, Plan full, Plan scalar,
    @Nullable ChannelConstants constants, int operands) {

  /** The casting format differs from the result's where the operation itself says how it wraps. */
  static ElementwisePlan of(Exact exact, FixedFormat result, FixedFormat casting) {
    Plan full = exact.plan(casting, false);
    return exact.b() == null
        ? new ElementwisePlan(exact, result, full, full, null, 1)
        : new ElementwisePlan(exact, result, full, exact.plan(casting, true), null, 2);
  }

  /** Plans an operation whose other operands are constants of channels. */
  static ElementwisePlan of(Exact exact, FixedFormat result, ChannelConstants constants) {
    return new ElementwisePlan(exact, result, exact.plan(result, false), exact.plan(result, true),
        constants, 1);
  }

  /** Plans an operation on one operand, whose loops have what else they need. */
  static ElementwisePlan of(Exact exact, FixedFormat result, Plan plan) {
    return new ElementwisePlan(exact, result, plan, plan, null, 1);
  }

  void run(MemorySegment a, long aIndex, MemorySegment target, long targetIndex, long count) {
    requireOperands(1);
    if (constants != null) {
      throw new IllegalArgumentException(
          "a segment has no channels: scaleAndShift takes tensors, or slices of them");
    }
    check("a", a, exact.a(), aIndex, target, targetIndex, count);
    full.compute(a, offset(exact.a(), aIndex), target, offset(result, targetIndex), count, null);
  }

  void run(MemorySegment a, long aIndex, MemorySegment b, long bIndex, MemorySegment target,
      long targetIndex, long count) {
    requireOperands(2);
    check("a", a, exact.a(), aIndex, target, targetIndex, count);
    check("b", b, exact.b(), bIndex, target, targetIndex, count);
    requireDivisors(b, bIndex, count);
    full.compute(
        a, offset(exact.a(), aIndex), b, offset(exact.b(), bIndex), b, 0, target,
        offset(result, targetIndex), count, null);
  }

  void run(FixedTensor a, FixedTensor target, @Nullable CastStatistics statistics) {
    requireOperands(1);
    check(a, target, statistics);
    if (constants != null) {
      inTurn(a, Broadcast.inner(a, constants.scale()), constants.scale().size(),
          constants.repeatedScale(), constants.repeatedBias(), target, statistics);
      return;
    }
    full.compute(a.segment(), 0, target.segment(), 0, a.size(), statistics);
  }

  void run(FixedTensor a, FixedTensor b, FixedTensor target, @Nullable CastStatistics statistics) {
    requireOperands(2);
    Plan.requireFormat("b", b, exact.b());
    check(a, target, statistics);
    long inner = Broadcast.inner(a, b);
    Memory.requireNoOverlap("b", b, target, b.size() == a.size());
    requireDivisors(b.segment(), 0, b.size());
    inTurn(a, inner, b.size(), b, b, target, statistics);
  }

  /** Runs over stretches that meet either every word of b and c in turn, or one word of each. */
  private void inTurn(
      FixedTensor a, long inner, long channels, FixedTensor b, FixedTensor c, FixedTensor target,
      @Nullable CastStatistics statistics) {
    boolean inTurn = inner == 1;
    long stretch = inTurn ? b.size() : inner;
    for (long i = 0; i < a.size(); i += stretch) {
      long channel = inTurn ? 0 : i / inner % channels;
      (inTurn ? full : scalar).compute(
          a.segment(), offset(exact.a(), i), b.segment(), offset(b.format(), channel), c.segment(),
          offset(c.format(), channel), target.segment(), offset(result, i),
          Math.min(stretch, a.size() - i), statistics);
    }
  }

  private void check(FixedTensor a, FixedTensor target, @Nullable CastStatistics statistics) {
    Plan.requireFormat("a", a, exact.a());
    Plan.requireFormat("target", target, result);
    Plan.requireSize("target", target, a.size());
    if (statistics != null) {
      if (!counts()) {
        throw new IllegalArgumentException(
            "statistics count what a cast does: a look-up has none, and takes null");
      }
      Plan.requireSource(statistics, exact.format());
    }
    check("a", a.segment(), exact.a(), 0, target.segment(), 0, a.size());
  }

  private void check(String name, MemorySegment operand, FixedFormat format, long index,
      MemorySegment target, long targetIndex, long count) {
    Memory.check(name, operand, Container.of(format), index, target, Container.of(result),
        targetIndex, count);
  }

  private void requireOperands(int given) {
    if (operands != given) {
      throw new IllegalArgumentException(
          exact.operation() + " was given " + given + " operands: it takes " + operands);
    }
  }

  private boolean counts() {
    return exact.operation() != Operation.LOOK_UP;
  }

  private void requireDivisors(MemorySegment b, long index, long count) {
    if (exact.operation() == Operation.DIVIDE) {
      long zero = ZeroScan.firstZero(b, Container.of(exact.b()), index, count);
      if (zero >= 0) {
        throw new ArithmeticException("divisor " + zero + " is 0");
      }
    }
  }

  private static long offset(FixedFormat format, long index) {
    return index * Container.of(format).bytes();
  }

  CastStatistics newStatistics() {
    if (!counts()) {
      throw new IllegalStateException("a look-up has no cast to count");
    }
    return new CastStatistics(exact.format());
  }

  String explain() {
    return exact + " -> " + result + ": " + full.explain();
  }
}
