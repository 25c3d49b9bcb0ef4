package io.fixlane.kernels.lanes.loop;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.ShiftTerm;
import io.fixlane.kernels.lanes.cast.CastCounter;
import io.fixlane.kernels.lanes.cast.ScalarCast;
import io.fixlane.kernels.lanes.cast.ScalarStep;
import io.fixlane.kernels.lanes.compile.Template;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * The scalar twin of {@link VectorLoop}: a template that {@link Template} defines once for each
 * recipe, so that every branch on the recipe is a constant. Lanes are longs.
 */
final class ScalarLoop implements Loop {
  private static final Data DATA = Template.data(MethodHandles.lookup(), Data.class);
  private static final LoopRecipe R = DATA.recipe();
  private static final ScalarCast CAST = DATA.step().scalar();
  private static final Container TARGET = R.target();
  private static final boolean FLOATING = R.a().container().floating();

  /** What is computed, and the cast of it. */
  record Data(LoopRecipe recipe, ScalarStep step) {
    private static final Template<Loop> TEMPLATE =
        Template.of(MethodHandles.lookup(), ScalarLoop.class, Loop.class);

    /** Returns the loop. */
    Loop loop() {
      return TEMPLATE.compile(this);
    }
  }

  @Override
  public int compute(
      MemorySegment a, long aOffset, MemorySegment b, long bOffset, MemorySegment c, long cOffset,
      MemorySegment target, long targetOffset, int count, @Nullable CastCounter counter) {
    for (int i = 0; i < count; i++) {
      long first = load(R.a(), a, aOffset, i);
      long v = exact(
          first,
          R.b() == null ? 0 : load(R.b(), b, bOffset, i),
          R.c() == null ? 0 : load(R.c(), c, cOffset, i));
      for (int term = 1; term < R.terms(); term++) {
        v += ShiftTerm.times(first,
            (byte) load(R.b(), b, bOffset + term * (cOffset - bOffset), i));
      }
      if (FLOATING && CAST.invalid(v)) {
        return i;
      }
      if (R.counting() && counter != null) {
        count(v, counter);
      }
      TARGET.write(target, targetOffset + (long) i * TARGET.bytes(), CAST.apply(v));
    }
    return count;
  }

  private static long load(Operand operand, MemorySegment memory, long offset, int index) {
    Container container = operand.container();
    long word = container.read(memory, operand.at(offset, index));
    return switch (container) {
      case FLOAT -> Double.doubleToRawLongBits(Float.intBitsToFloat((int) word));
      case DOUBLE -> word;
      case BYTE, SHORT, INT, LONG -> operand.extend(word) << operand.shift();
    };
  }

  private static long exact(long a, long b, long c) {
    return switch (R.operation()) {
      case COPY -> a;
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> quotient(a, b);
      case MIN -> less(a, b) ? a : b;
      case MAX -> less(a, b) ? b : a;
      case NEGATE -> -a;
      case RELU -> relu(a);
      case LEAKY_RELU -> a < 0 ? (a >> R.a().shift()) * (R.b() == null ? 1 : b) : a;
      case ADD_RELU -> relu(a + b);
      case MULTIPLY_ADD -> a * b + c;
      case SHIFT_ADD -> ShiftTerm.times(a, (byte) b);
      case LOOK_UP, THRESHOLD -> throw R.operation().elsewhere();
    };
  }

  private static long quotient(long a, long b) {
    long quotient = R.unsigned() ? Long.divideUnsigned(a, b) : a / b;
    int lost = R.quotientBits() == 0 ? 0 : Long.SIZE - R.quotientBits();
    return quotient << lost >> lost;
  }

  private static long relu(long v) {
    return R.unsigned() ? v : Math.max(v, 0);
  }

  private static boolean less(long x, long y) {
    return R.unsigned() ? Long.compareUnsigned(x, y) < 0 : x < y;
  }

  private static void count(long v, CastCounter counter) {
    counter.add(1, CAST.above(v) ? 1 : 0, CAST.below(v) ? 1 : 0, CAST.inexact(v) ? 1 : 0);
    if (FLOATING) {
      counter.extend(Double.longBitsToDouble(v));
    } else {
      counter.extend(v);
    }
  }
}
