package io.fixlane.kernels.lanes.loop;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Int128;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.cast.CastCounter;
import io.fixlane.kernels.lanes.cast.WideCast;
import io.fixlane.kernels.lanes.compile.Template;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * {@link ScalarLoop} in 128 bits, for exact results that no long holds: a template too. It has no
 * vector twin.
 */
final class WideLoop implements Loop {
  private static final Data DATA = Template.data(MethodHandles.lookup(), Data.class);
  private static final LoopRecipe R = DATA.recipe();
  private static final WideCast CAST = DATA.cast();
  private static final Container TARGET = R.target();

  /** What is computed, and the cast of it. */
  record Data(LoopRecipe recipe, WideCast cast) {
    private static final Template<Loop> TEMPLATE =
        Template.of(MethodHandles.lookup(), WideLoop.class, Loop.class);

    /** Returns the loop. */
    Loop loop() {
      return TEMPLATE.compile(this);
    }
  }

  /**
   * Too long to be inlined: compiled by itself, whatever calls it, it is not too deep for C2 to
   * inline what takes or returns 128 bits, and so to do without the objects. What is large, such as
   * an access to memory of any kind, takes and returns longs.
   */
  @Override
  public int compute(
      MemorySegment a, long aOffset, MemorySegment b, long bOffset, MemorySegment c, long cOffset,
      MemorySegment target, long targetOffset, int count, @Nullable CastCounter counter) {
    for (int i = 0; i < count; i++) {
      Int128 x = aligned(R.a(), load(R.a(), a, aOffset, i));
      Int128 y = R.b() == null ? x : aligned(R.b(), load(R.b(), b, bOffset, i));
      Int128 z = R.c() == null ? x : aligned(R.c(), load(R.c(), c, cOffset, i));
      Int128 v = switch (R.operation()) {
        case COPY -> x;
        case ADD -> x.plus(y);
        case SUBTRACT -> x.minus(y);
        case MULTIPLY -> x.times(y);
        case DIVIDE -> quotient(x, y);
        case MIN -> Int128.select(x.less(y, R.unsigned()), x, y);
        case MAX -> Int128.select(x.less(y, R.unsigned()), y, x);
        case NEGATE -> x.negate();
        case RELU -> relu(x);
        case LEAKY_RELU -> Int128.select(x.sign(false) == 0, x, below(x, y));
        case ADD_RELU -> relu(x.plus(y));
        case MULTIPLY_ADD -> x.times(y).plus(z);
        case SHIFT_ADD, LOOK_UP, THRESHOLD -> throw R.operation().elsewhere();
      };
      if (R.counting() && counter != null) {
        counter.add(1, CAST.above(v) ? 1 : 0, CAST.below(v) ? 1 : 0, CAST.inexact(v) ? 1 : 0);
        counter.extend(v.high(), v.low());
      }
      TARGET.write(target, targetOffset + (long) i * TARGET.bytes(), CAST.cast(v.high(), v.low()));
    }
    return count;
  }

  private static long load(Operand operand, MemorySegment memory, long offset, int index) {
    return operand.extend(operand.container().read(memory, operand.at(offset, index)));
  }

  private static Int128 aligned(Operand operand, long word) {
    return Int128.extended(word, operand.signed()).shiftLeft(operand.shift());
  }

  private static Int128 relu(Int128 v) {
    return v.and(~v.sign(R.unsigned()));
  }

  private static Int128 below(Int128 x, Int128 slope) {
    Int128 word = x.shiftRight(R.a().shift(), false);
    return R.b() == null ? word : word.times(slope);
  }

  /** Divides magnitudes: a dividend may fill the 128 bits, and a divisor 64 of them. */
  private static Int128 quotient(Int128 a, Int128 b) {
    boolean aNegative = a.sign(!R.a().signed()) != 0;
    boolean bNegative = b.sign(!R.b().signed()) != 0;
    long divisor = bNegative ? -b.low() : b.low();
    Int128 magnitude = Int128.select(aNegative, a.negate(), a).divideUnsigned(divisor);
    Int128 quotient = Int128.select(aNegative == bNegative, magnitude, magnitude.negate());
    int lost = R.quotientBits() == 0 ? 0 : Int128.SIZE - R.quotientBits();
    return quotient.shiftLeft(lost).shiftRight(lost, false);
  }
}
