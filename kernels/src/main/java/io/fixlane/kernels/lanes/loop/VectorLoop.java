package io.fixlane.kernels.lanes.loop;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.Species;
import io.fixlane.kernels.lanes.cast.CastCounter;
import io.fixlane.kernels.lanes.cast.CastStep;
import io.fixlane.kernels.lanes.compile.Template;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators.Conversion;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The one vector loop: load, align, compute exactly, cast, store. A template that
 * {@link Template} flattens, and defines once for each recipe and kind of memory, so that lane
 * type, containers, operation and modes are constants to the JIT. What is left over at the end goes
 * to the scalar twin. The cast is one of integers here; other kinds are put in its place.
 */
public final class VectorLoop implements Loop {
  private static final Data DATA = Template.data(MethodHandles.lookup(), Data.class);
  private static final LoopRecipe R = DATA.recipe();
  private static final CastStep STEP = DATA.step();
  private static final Loop SCALAR = DATA.scalar().loop();
  private static final boolean FLOATING = R.a().container().floating();

  private static final VectorSpecies<Long> LANES =
      Species.of(DATA.laneType().type(), DATA.vectorBits());
  private static final VectorSpecies<Long> QUOTIENTS = Species.of(
      DATA.laneType() == Container.INT ? float.class : double.class, DATA.vectorBits());
  private static final VectorSpecies<Long> RESULTS = Species.of(DATA.resultType(), LANES);
  private static final VectorSpecies<Long> TARGETS = Species.of(R.target(), LANES);
  private static final int LENGTH = LANES.length();
  private static final int TARGET_BYTES = R.target().bytes();
  // A range to start from; casts to floating-point numbers have none.
  private static final long LARGEST = R.target().floating()
      ? 0
      : R.unsigned() ? -1 : Long.MAX_VALUE >> Long.SIZE - RESULTS.elementSize();
  private static final long SMALLEST = R.target().floating() || R.unsigned() ? 0 : ~LARGEST;

  private static final Operand A = R.a();
  private static final Operand B = R.b() == null ? A : R.b();
  private static final Operand C = R.c() == null ? B : R.c();
  private static final boolean HAS_B = R.b() != null;
  private static final boolean HAS_C = R.c() != null;
  private static final VectorSpecies<Long> A_WORDS = Species.of(A.container(), LANES);
  private static final VectorSpecies<Long> B_WORDS = Species.of(B.container(), LANES);
  private static final VectorSpecies<Long> C_WORDS = Species.of(C.container(), LANES);
  private static final VectorSpecies<Long> A_ELEMENTS =
      Species.elements(DATA.memory().a(), A_WORDS);
  private static final VectorSpecies<Long> B_ELEMENTS =
      Species.elements(DATA.memory().b(), B_WORDS);
  private static final VectorSpecies<Long> C_ELEMENTS =
      Species.elements(DATA.memory().c(), C_WORDS);
  private static final VectorSpecies<Long> TARGET_ELEMENTS =
      Species.elements(DATA.memory().target(), TARGETS);
  /** The words that a load reads beyond those of its lanes, where these are less than a species. */
  private static final int BEYOND =
      Math.max(A_WORDS.length(), Math.max(B_WORDS.length(), C_WORDS.length())) - LENGTH;
  private static final boolean SHORT_STORE = TARGETS.length() > LENGTH;
  private static final Conversion<Long, Long> A_EXTENSION = Species.extension(A, LANES);
  private static final Conversion<Long, Long> B_EXTENSION = Species.extension(B, LANES);
  private static final Conversion<Long, Long> C_EXTENSION = Species.extension(C, LANES);
  // A cast of vectors that looks its conversion up is not always inlined.
  private static final Conversion<Long, Long> TARGET_CONVERSION =
      Species.conversion(RESULTS, TARGETS);

  /**
   * What is computed: lanes are cast to as many lanes of the result's type.
   *
   * @param recipe what is computed
   * @param step the cast of it
   * @param scalar the scalar twin, for what does not fill a vector
   * @param laneType what it is computed in
   * @param resultType the lanes that the cast gives
   * @param vectorBits the size of a vector
   * @param memory what the loop runs on
   */
  record Data(LoopRecipe recipe, CastStep step, ScalarLoop.Data scalar, Container laneType,
      Container resultType, int vectorBits, Memory memory) {
    private static final Map<Class<?>, Template<Loop>> TEMPLATES = new ConcurrentHashMap<>();

    /** Returns the loop. */
    Loop loop() {
      return TEMPLATES.computeIfAbsent(VectorCast.of(step), Data::template).compile(this);
    }

    private static Template<Loop> template(Class<?> cast) {
      return Template.flattened(MethodHandles.lookup(), VectorLoop.class, Loop.class, "compute",
          List.of(VectorWords.class, VectorDoubles.class, VectorOperation.class,
              VectorOverflow.class, VectorTally.class, VectorCast.class, cast),
          Map.of(VectorCast.class, cast));
    }
  }

  /**
   * The classes of the segments a loop runs on. A loop that met several would dispatch at every
   * access.
   */
  record Memory(Class<?> a, Class<?> b, Class<?> c, Class<?> target) {}

  @Override
  public int compute(
      MemorySegment a, long aOffset, MemorySegment b, long bOffset, MemorySegment c, long cOffset,
      MemorySegment target, long targetOffset, int count, @Nullable CastCounter counter) {
    int bound = LANES.loopBound(Math.max(0, count - BEYOND));
    int i = 0;
    if (bound > 0) {
      // A loop sees one class of memory in each place: the profile of these calls tells the JIT
      // which, and then no access in the loop is a virtual call.
      a.byteSize();
      b.byteSize();
      c.byteSize();
      target.byteSize();
      Vector<Long> bWord =
          HAS_B && B.scalar() ? VectorWords.broadcast(B, LANES, b, bOffset) : LANES.zero();
      Vector<Long> cWord =
          HAS_C && C.scalar() ? VectorWords.broadcast(C, LANES, c, cOffset) : LANES.zero();
      Vector<Long> min = RESULTS.broadcast(LARGEST);
      Vector<Long> max = RESULTS.broadcast(SMALLEST);
      // Vectors that change in the loop must not start from zero(): that is an object, and they
      // would be boxed.
      Vector<Long> high = RESULTS.broadcast(0);
      Vector<Long> low = RESULTS.broadcast(0);
      Vector<Long> inexact = RESULTS.broadcast(0);
      for (; i < bound; i += LENGTH) {
        Vector<Long> first =
            VectorWords.load(A, LANES, A_WORDS, A_ELEMENTS, A_EXTENSION, a, aOffset, i);
        Vector<Long> second =
            HAS_B && !B.scalar()
                ? VectorWords.load(B, LANES, B_WORDS, B_ELEMENTS, B_EXTENSION, b, bOffset, i)
                : bWord;
        Vector<Long> third =
            HAS_C && !C.scalar()
                ? VectorWords.load(C, LANES, C_WORDS, C_ELEMENTS, C_EXTENSION, c, cOffset, i)
                : cWord;
        Vector<Long> v = VectorOperation.exact(R, LANES, QUOTIENTS, first, second, third);
        for (int term = 1; term < R.terms(); term++) {
          long plane = bOffset + term * (cOffset - bOffset);
          Vector<Long> codes = B.scalar()
              ? VectorWords.broadcast(B, LANES, b, plane)
              : VectorWords.load(B, LANES, B_WORDS, B_ELEMENTS, B_EXTENSION, b, plane, i);
          v = v.add(VectorOperation.term(LANES, first, codes));
        }
        if (FLOATING && VectorCast.invalid(STEP, LANES, RESULTS, v).anyTrue()) {
          break;
        }
        if (R.counting()) {
          Vector<Long> ordered = VectorTally.ordered(FLOATING, RESULTS, v);
          min = VectorOperation.smaller(R, min, ordered);
          max = VectorOperation.larger(R, max, ordered);
          high = VectorTally.add(high, VectorCast.above(STEP, LANES, RESULTS, v));
          low = VectorTally.add(low, VectorCast.below(STEP, LANES, RESULTS, v));
          inexact = inexact.add(VectorCast.inexact(STEP, LANES, RESULTS, v));
        }
        Vector<Long> results = VectorCast.apply(STEP, LANES, RESULTS, v);
        Vector<Long> words =
            TARGETS == RESULTS ? results : results.convertShape(TARGET_CONVERSION, TARGETS, 0);
        if (SHORT_STORE) {
          target.set(ValueLayout.JAVA_INT_UNALIGNED, targetOffset + (long) i * TARGET_BYTES,
              words.reinterpretAsInts().lane(0));
        } else {
          Vector<Long> bits =
              TARGET_ELEMENTS == TARGETS ? words : words.reinterpretShape(TARGET_ELEMENTS, 0);
          bits.intoMemorySegment(target, targetOffset + (long) i * TARGET_BYTES,
              ByteOrder.nativeOrder());
        }
      }
      if (R.counting() && counter != null && i > 0) {
        VectorTally.flush(counter, i, high, low, inexact);
        VectorTally.extend(counter, DATA.laneType(), R.unsigned(), min, max);
      }
    }
    // The scalar twin also finds the number that stopped the loop.
    return i == count
        ? count
        : i + SCALAR.compute(
            a, A.at(aOffset, i), b, B.at(bOffset, i), c, C.at(cOffset, i),
            target, targetOffset + (long) i * TARGET_BYTES, count - i, counter);
  }
}
