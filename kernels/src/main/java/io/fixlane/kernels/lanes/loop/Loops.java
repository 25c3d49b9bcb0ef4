package io.fixlane.kernels.lanes.loop;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Int128;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.cast.CastCounter;
import io.fixlane.kernels.lanes.cast.CastStep;
import io.fixlane.kernels.lanes.cast.FastFloatCast;
import io.fixlane.kernels.lanes.cast.FromFloatCast;
import io.fixlane.kernels.lanes.cast.IntegerCast;
import io.fixlane.kernels.lanes.cast.RoundedToFloat;
import io.fixlane.kernels.lanes.cast.ScalarStep;
import io.fixlane.kernels.lanes.cast.ScalarToFloatCast;
import io.fixlane.kernels.lanes.cast.ToFloatCast;
import io.fixlane.kernels.lanes.cast.WideCast;
import io.fixlane.kernels.lanes.compile.VectorProvider;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The loops of one plan: a scalar one, or one for each kind of memory met, looked up without
 * allocating.
 *
 * <p>Lanes are as wide as the exact result and the widest container. Where the vectors are so short
 * that the narrowest container's share of one would be below the 64 bits of the smallest species,
 * or below 32 where there are four lanes or more, the loop is scalar; so it is where the exact
 * result has more than 64 bits.
 */
public final class Loops {
  static final int SMALLEST_SPECIES = 64;
  // Fewer words than a species has are loaded with those that follow, and stored as an int. C2
  // compiles no conversions of two lanes that do so.
  private static final int SMALLEST_SHARE = 32;
  private static final int FEWEST_LANES = 4;
  // A loop counts its elements in an int.
  private static final int LARGEST_PART = 1 << 30;
  /**
   * HotSpot compiles a method for good after 5,000 calls, or 40,000 turns of a loop, which take far
   * longer before it is compiled: so a loop's first calls are short.
   */
  private static final int SHORT_CALLS = 5_000;
  private static final int SHORT_PART = 64;

  private record Entry(VectorLoop.Memory memory, Loop loop) {}

  private final LoopRecipe recipe;
  /** The loop of all kinds of memory, where they need not be told apart. */
  private final @Nullable Loop shared;
  private final Function<VectorLoop.Memory, Loop> compiler;
  private final String how;
  private volatile Entry[] entries = {};
  /** How many there were, about: threads may count at once. */
  private int calls;

  /** Loops that are compiled for each kind of memory. */
  private Loops(LoopRecipe recipe, Function<VectorLoop.Memory, Loop> compiler, String how) {
    this.recipe = recipe;
    this.shared = null;
    this.compiler = compiler;
    this.how = how;
  }

  /** Loops that are scalar whatever the width of vectors is, and compute in so many bits. */
  private Loops(LoopRecipe recipe, Loop scalar, int scalarBits) {
    this.recipe = recipe;
    this.shared = scalar;
    this.compiler = _ -> scalar;
    this.how = "scalar, in " + scalarBits + " bits";
  }

  private static Loops of(LoopRecipe recipe, ScalarStep scalarStep, CastStep vectorStep) {
    ScalarLoop.Data scalar = new ScalarLoop.Data(recipe, scalarStep);
    int bits = VectorProvider.vectorBits();
    Container lane = laneType(vectorStep);
    int lanes = bits / lane.bits();
    int smallest = lanes >= FEWEST_LANES ? SMALLEST_SHARE : SMALLEST_SPECIES;
    if (lanes * narrowest(recipe) < smallest || !vectorisable(recipe)) {
      return new Loops(recipe, scalar.loop(), Long.SIZE);
    }
    return new Loops(recipe, memory -> new VectorLoop.Data(
        recipe, vectorStep, scalar, lane, resultType(vectorStep), bits, memory).loop(),
        "vectors of " + bits + " bits, " + lanes + " lanes of " + lane.type());
  }

  /**
   * Returns the loops of an operation on fixed-point words with one cast of the exact result, which
   * has at most 128 bits.
   *
   * @param quotientBits for a division, the width in which the quotient is formed and wraps; 0
   *     where it cannot wrap
   */
  public static Loops of(
      Operation operation, Operand a, @Nullable Operand b, @Nullable Operand c, FixedFormat exact,
      int quotientBits,
      FixedFormat target, boolean counting) {
    boolean wide = Math.max(exact.width(), quotientBits) > Long.SIZE;
    int wraps = quotientBits < (wide ? Int128.SIZE : Long.SIZE) ? quotientBits : 0;
    LoopRecipe recipe = new LoopRecipe(operation, a, b, c, !exact.signed(), wraps, 0,
        Container.of(target), counting);
    return wide
        ? new Loops(recipe, wideLoop(recipe, WideCast.of(exact, target)), Int128.SIZE)
        : of(recipe, exact, target);
  }

  /**
   * Returns the loops of a product with K-hot words with one cast of the exact result.
   *
   * @param a what is multiplied
   * @param terms the largest number of terms of a word, at least 1
   * @param scalar whether one K-hot word serves every element
   * @param exact the format of the product
   * @param target the format it is cast into
   * @param counting whether the loops count
   */
  public static Loops shiftAdd(
      Operand a, int terms, boolean scalar, FixedFormat exact, FixedFormat target,
      boolean counting) {
    Operand term = new Operand(Container.BYTE, true, 0, scalar);
    return of(new LoopRecipe(Operation.SHIFT_ADD, a, term, null, !exact.signed(), 0, terms,
        Container.of(target), counting), exact, target);
  }

  private static Loops of(LoopRecipe recipe, FixedFormat exact, FixedFormat target) {
    int needed = Math.max(exact.width(), Math.max(widest(recipe), 16));
    boolean division = recipe.operation() == Operation.DIVIDE;
    boolean doubles = division && !dividesIn(Float.PRECISION, recipe);
    int laneBits = doubles || needed > 32 ? 64 : division || needed > 16 ? 32 : 16;
    return of(recipe, IntegerCast.of(exact, target, 64),
        IntegerCast.of(exact, target, laneBits).storing(recipe.target().bits()));
  }

  /** Returns the loops of a cast from float or double. */
  public static Loops fromFloat(Container source, FixedFormat target, boolean counting) {
    LoopRecipe recipe = new LoopRecipe(
        Operation.COPY, Operand.floating(source), null, null, false, 0, 0, Container.of(target),
        counting);
    FromFloatCast scalar = FromFloatCast.of(Container.DOUBLE, target);
    boolean single = source == Container.FLOAT && target.width() <= Integer.SIZE;
    return of(recipe, scalar, !single
        ? scalar
        : FastFloatCast.serves(target)
            ? FastFloatCast.of(target)
            : FromFloatCast.of(Container.FLOAT, target));
  }

  /** Returns the loops of a cast to float or double. */
  public static Loops toFloat(FixedFormat source, Container target) {
    LoopRecipe recipe = new LoopRecipe(
        Operation.COPY, Operand.of(source, 0, false), null, null, !source.signed(), 0, 0, target,
        false);
    ToFloatCast cast = ToFloatCast.of(source, target);
    return cast == null
        ? new Loops(recipe,
            new ScalarLoop.Data(recipe, RoundedToFloat.of(source, target)).loop(),
            Long.SIZE)
        : of(recipe, new ScalarToFloatCast.Data(cast, target), cast);
  }

  /**
   * Returns the loops that map words through a table, whose words are what they write.
   *
   * @param a what is mapped
   * @param width the bits of a's words, at most 16
   * @param word the container of the table's words
   */
  public static Loops lookUp(Operand a, int width, Container word) {
    LoopRecipe recipe = new LoopRecipe(Operation.LOOK_UP, a,
        new Operand(word, true, 0, true), null, false, 0, 0, word, false);
    int mask = (1 << width) - 1;
    int vectors = tableVectors(a, width, word);
    if (vectors == 0) {
      return new Loops(recipe, memory -> new LookUpLoop.Data(recipe, mask, memory).loop(),
          "a table of " + (mask + 1) + " words of " + word.type() + ", read word by word");
    }
    int bits = VectorProvider.vectorBits();
    return new Loops(recipe, memory -> new VectorLookUpLoop.Data(
        recipe, mask, vectors, bits, memory).loop(),
        "a table of " + (mask + 1) + " words of " + word.type() + " in " + vectors
            + (vectors == 1 ? " vector of " : " vectors of ") + bits + " bits");
  }

  /**
   * Returns how many vectors a table lies in that permutations look words up in; 0 where they are
   * read word by word.
   *
   * @param a what is mapped
   * @param width the bits of a's words, at most 16
   * @param word the container of the table's words
   */
  public static int tableVectors(Operand a, int width, Container word) {
    int bits = VectorProvider.vectorBits();
    int lanes = bits / word.bits();
    int vectors = lanes == 0 ? Integer.MAX_VALUE : Math.ceilDiv(1 << width, lanes);
    // A lane holds a word of the table, and must hold a place in it too.
    return width > word.bits() || lanes * a.container().bits() < SMALLEST_SPECIES
        || vectors > mostVectors(word, bits) ? 0 : vectors;
  }

  /** Returns the loops of a staircase. */
  public static Loops threshold(ThresholdRecipe recipe) {
    LoopRecipe operands = new LoopRecipe(Operation.THRESHOLD, recipe.a(),
        new Operand(recipe.lane(), true, 0, true), null, false, 0, 0, recipe.target(), false);
    if (recipe.lanes() == 1) {
      return new Loops(operands, memory -> new ThresholdLoop.Data(recipe, memory).loop(),
          "sought by halves, scalar");
    }
    int bits = recipe.lanes() * recipe.lane().bits();
    return new Loops(operands, memory -> new VectorThresholdLoop.Data(recipe, memory).loop(),
        "compared in vectors of " + bits + " bits, " + recipe.lanes() + " lanes of "
            + recipe.lane().type());
  }

  /**
   * Returns how many vectors a table may have to be read faster than word by word. Eight pay with
   * 512 bits, where a permutation of any lanes is one instruction; without AVX-512 it is several of
   * them, but for bytes.
   */
  private static int mostVectors(Container word, int vectorBits) {
    return vectorBits == 512 || word == Container.BYTE ? 8 : 4;
  }

  private static int widest(LoopRecipe recipe) {
    int widest = Math.max(recipe.a().container().bits(), recipe.target().bits());
    widest = recipe.b() == null ? widest : Math.max(widest, recipe.b().container().bits());
    return recipe.c() == null ? widest : Math.max(widest, recipe.c().container().bits());
  }

  private static int narrowest(LoopRecipe recipe) {
    int narrowest = Math.min(recipe.a().container().bits(), recipe.target().bits());
    narrowest = recipe.b() == null ? narrowest : Math.min(narrowest, recipe.b().container().bits());
    return recipe.c() == null ? narrowest : Math.min(narrowest, recipe.c().container().bits());
  }

  private static boolean vectorisable(LoopRecipe recipe) {
    return recipe.operation() != Operation.DIVIDE || dividesIn(Double.PRECISION, recipe);
  }

  /**
   * Returns whether numbers of a precision form a quotient exactly: they must hold the dividend,
   * and be made of signed longs, or ints.
   */
  private static boolean dividesIn(int precision, LoopRecipe recipe) {
    Container divisor = recipe.b().container();
    return recipe.a().container().bits() + recipe.a().shift() <= precision
        && (precision == Double.PRECISION
            ? recipe.b().signed() || divisor != Container.LONG
            : divisor.bits() <= precision);
  }

  private static Container laneType(CastStep step) {
    return switch (step) {
      case IntegerCast cast -> Container.integral(cast.laneBits());
      case ToFloatCast cast -> Container.integral(cast.laneBits());
      case FromFloatCast cast -> cast.number();
      case FastFloatCast _ -> Container.FLOAT;
    };
  }

  private static Container resultType(CastStep step) {
    return switch (step) {
      case IntegerCast cast -> Container.integral(cast.laneBits());
      case ToFloatCast cast -> cast.number();
      case FromFloatCast cast -> Container.integral(cast.number().bits());
      case FastFloatCast _ -> Container.INT;
    };
  }

  private static Loop wideLoop(LoopRecipe recipe, WideCast cast) {
    return new WideLoop.Data(recipe, cast).loop();
  }

  /**
   * Computes {@code count} elements. Nothing is checked but the bounds of the memory.
   *
   * @return the number of elements computed: {@code count}, or the index of the first number
   *     without a meaning, such as NaN
   */
  public long compute(
      MemorySegment a, long aOffset, MemorySegment b, long bOffset, MemorySegment c, long cOffset,
      MemorySegment target, long targetOffset, long count, @Nullable CastCounter counter) {
    Loop loop = loop(a, b, c, target);
    Operand second = recipe.b() == null ? recipe.a() : recipe.b();
    Operand third = recipe.c() == null ? second : recipe.c();
    long done = 0;
    while (done < count) {
      int part = (int) Math.min(largestPart(), count - done);
      int computed = loop.compute(
          a, recipe.a().at(aOffset, done), b, second.at(bOffset, done), c, third.at(cOffset, done),
          target, targetOffset + done * recipe.target().bytes(), part, counter);
      done += computed;
      if (computed < part) {
        break;
      }
    }
    return done;
  }

  private int largestPart() {
    // A staircase has its thresholds by the place of a word in a call.
    if (calls < SHORT_CALLS && recipe.operation() != Operation.THRESHOLD) {
      calls++;
      return SHORT_PART;
    }
    return recipe.counting() ? CastCounter.LARGEST_PART : LARGEST_PART;
  }

  private Loop loop(MemorySegment a, MemorySegment b, MemorySegment c, MemorySegment target) {
    if (shared != null) {
      return shared;
    }
    Loop known = known(a.getClass(), b.getClass(), c.getClass(), target.getClass());
    return known != null
        ? known
        : add(new VectorLoop.Memory(
            a.getClass(), b.getClass(), c.getClass(), target.getClass()));
  }

  private @Nullable Loop known(Class<?> a, Class<?> b, Class<?> c, Class<?> target) {
    for (Entry entry : entries) {
      VectorLoop.Memory memory = entry.memory;
      if (memory.a() == a && memory.b() == b && memory.c() == c && memory.target() == target) {
        return entry.loop;
      }
    }
    return null;
  }

  private synchronized Loop add(VectorLoop.Memory memory) {
    Loop known = known(memory.a(), memory.b(), memory.c(), memory.target());
    if (known != null) {
      return known;
    }
    Loop loop = compiler.apply(memory);
    Entry[] more = Arrays.copyOf(entries, entries.length + 1);
    more[entries.length] = new Entry(memory, loop);
    entries = more;
    return loop;
  }

  /** Says how the loops compute. */
  public String explain() {
    return how;
  }
}
