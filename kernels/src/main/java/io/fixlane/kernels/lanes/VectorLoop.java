package io.fixlane.kernels.lanes;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.DIV;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.UMAX;
import static jdk.incubator.vector.VectorOperators.UMIN;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators.Conversion;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The one vector loop: load, align, compute exactly, cast, store. A template that {@link Specializer} defines once for each
 * recipe and kind of memory, so that lane type, containers, operation and modes are constants to the JIT, and every method
 * here has a profile of its own. What is left over at the end goes to the scalar twin.
 */
final class VectorLoop implements Loop {
  private static final Specializer.VectorData DATA =
      Specializer.data(MethodHandles.lookup(), Specializer.VectorData.class);
  private static final LoopRecipe R = DATA.recipe();
  private static final Loop SCALAR = DATA.scalar();
  private static final VectorCast CAST = DATA.cast();
  private static final boolean UNSIGNED = R.unsigned();

  private static final VectorSpecies<Long> LANES = Species.of(DATA.laneType(), DATA.vectorBits());
  private static final VectorSpecies<Long> DOUBLES = Species.of(double.class, DATA.vectorBits());
  private static final VectorSpecies<Long> RESULTS = Species.of(Container.of(DATA.resultType()), LANES);
  private static final VectorSpecies<Long> TARGETS = Species.of(R.target(), RESULTS);
  private static final Container LANE = Container.of(DATA.laneType());
  private static final int LENGTH = LANES.length();
  private static final int TARGET_BYTES = R.target().bytes();

  private static final boolean FLOATING = R.a().container().floating();

  private static final int OPERANDS = R.operation().operands();
  private static final VectorSource A = VectorSource.of(R.a(), LANES);
  private static final VectorSource B = OPERANDS > 1 ? VectorSource.of(R.b(), LANES) : A;
  private static final VectorSource C = OPERANDS > 2 ? VectorSource.of(R.c(), LANES) : A;
  private static final boolean LOAD_B = OPERANDS > 1 && !B.operand().scalar();
  private static final boolean LOAD_C = OPERANDS > 2 && !C.operand().scalar();
  private static final Conversion<Long, Long> TRUNCATION =
      Species.conversion(DATA.resultType(), R.target().type(), true);
  private static final Conversion<Long, Long> TO_DOUBLE = Species.conversion(long.class, double.class, true);
  private static final Conversion<Long, Long> FROM_DOUBLE = Species.conversion(double.class, long.class, true);

  @Override
  public int run(
      MemorySegment a, long aOffset, MemorySegment b, long bOffset, MemorySegment c, long cOffset,
      MemorySegment target, long targetOffset, int count, @Nullable CastCounter counter) {
    int bound = LANES.loopBound(count);
    int i = 0;
    if (bound > 0) {
      // A loop sees one class of memory in each place: the profile of these calls tells the JIT which, and then no access
      // in the loop is a virtual call.
      a.byteSize();
      b.byteSize();
      c.byteSize();
      target.byteSize();
      Vector<Long> bWord = OPERANDS > 1 && !LOAD_B ? B.broadcast(b, bOffset) : LANES.zero();
      Vector<Long> cWord = OPERANDS > 2 && !LOAD_C ? C.broadcast(c, cOffset) : LANES.zero();
      Vector<Long> min = A.load(a, aOffset, 0);
      Vector<Long> max = min;
      long high = 0;
      long low = 0;
      long inexact = 0;
      for (; i < bound; i += LENGTH) {
        Vector<Long> v = exact(
            A.load(a, aOffset, i),
            LOAD_B ? B.load(b, bOffset, i) : bWord,
            LOAD_C ? C.load(c, cOffset, i) : cWord);
        if (FLOATING && CAST.invalid(v).anyTrue()) {
          break;
        }
        if (R.counting()) {
          min = i == 0 ? v : smaller(min, v);
          max = i == 0 ? v : larger(max, v);
          high += CAST.above(v).trueCount();
          low += CAST.below(v).trueCount();
          inexact += CAST.inexact(v).trueCount();
        }
        store(CAST.apply(v), target, targetOffset + (long) i * TARGET_BYTES);
      }
      if (R.counting() && counter != null && i > 0) {
        counter.add(i, high, low, inexact);
        extend(counter, min);
        extend(counter, max);
      }
    }
    // The scalar twin also finds the number that stopped the loop.
    return i == count ? count
        : i + SCALAR.run(
            a, A.at(aOffset, i), b, B.at(bOffset, i), c, C.at(cOffset, i),
            target, targetOffset + (long) i * TARGET_BYTES, count - i, counter);
  }

  private static void store(Vector<Long> results, MemorySegment target, long offset) {
    Vector<Long> words = TARGETS == RESULTS ? results : results.convertShape(TRUNCATION, TARGETS, 0);
    words.intoMemorySegment(target, offset, ByteOrder.nativeOrder());
  }

  private static Vector<Long> exact(Vector<Long> a, Vector<Long> b, Vector<Long> c) {
    return switch (R.operation()) {
      case COPY -> a;
      case ADD -> a.add(b);
      case SUBTRACT -> a.sub(b);
      case MULTIPLY -> a.mul(b);
      case DIVIDE -> quotient(a, b);
      case MIN -> smaller(a, b);
      case MAX -> larger(a, b);
      case NEGATE -> LANES.zero().sub(a);
      case RELU -> relu(a);
      case LEAKY_RELU -> a.blend(a.lanewise(ASHR, A.operand().shift()), a.compare(LT, 0));
      case ADD_RELU -> relu(a.add(b));
      case MULTIPLY_ADD -> a.mul(b).add(c);
    };
  }

  private static Vector<Long> relu(Vector<Long> v) {
    return UNSIGNED ? v : v.lanewise(MAX, LANES.zero());
  }

  /**
   * Divides in doubles: for integers below 2<sup>53</sup> the rounded quotient, truncated, is the quotient truncated, since a
   * quotient that is not an integer lies at least 1 / b from one, and that is more than the rounding error.
   */
  private static Vector<Long> quotient(Vector<Long> a, Vector<Long> b) {
    Vector<Long> rounded = a.convertShape(TO_DOUBLE, DOUBLES, 0).lanewise(DIV, b.convertShape(TO_DOUBLE, DOUBLES, 0));
    Vector<Long> quotient = rounded.convertShape(FROM_DOUBLE, LANES, 0);
    int lost = R.quotientBits() == 0 ? 0 : Long.SIZE - R.quotientBits();
    return lost == 0 ? quotient : quotient.lanewise(LSHL, lost).lanewise(ASHR, lost);
  }

  private static Vector<Long> smaller(Vector<Long> a, Vector<Long> b) {
    return a.lanewise(UNSIGNED ? UMIN : MIN, b);
  }

  private static Vector<Long> larger(Vector<Long> a, Vector<Long> b) {
    return a.lanewise(UNSIGNED ? UMAX : MAX, b);
  }

  private static void extend(CastCounter counter, Vector<Long> v) {
    v.intoMemorySegment(counter.lanes, 0, ByteOrder.nativeOrder());
    int bytes = LANES.elementSize() / 8;
    int zeros = Long.SIZE - LANES.elementSize();
    for (int lane = 0; lane < LENGTH; lane++) {
      long word = LANE.read(counter.lanes, (long) lane * bytes);
      switch (LANE) {
        case FLOAT -> counter.extend(Float.intBitsToFloat((int) word));
        case DOUBLE -> counter.extend(Double.longBitsToDouble(word));
        case BYTE, SHORT, INT, LONG -> counter.extend(UNSIGNED ? word << zeros >>> zeros : word);
      }
    }
  }
}
