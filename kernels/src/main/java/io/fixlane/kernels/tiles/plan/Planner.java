package io.fixlane.kernels.tiles.plan;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.ExactFormat;
import io.fixlane.kernels.lanes.cast.ProductRounding;
import io.fixlane.kernels.lanes.loop.StepCast;
import io.fixlane.kernels.tiles.kernel.DotProducts;
import io.fixlane.kernels.tiles.kernel.RoundedMultiplyAdd;
import io.fixlane.kernels.tiles.kernel.TileShape;
import io.fixlane.kernels.tiles.kernel.Unit;
import io.fixlane.kernels.tiles.pack.Blocks;
import io.fixlane.kernels.tiles.pack.LaneArrays;
import io.fixlane.kernels.tiles.pack.WeightLayout;
import io.fixlane.kernels.tiles.pack.PackedWeights;
import io.fixlane.kernels.tiles.pack.SumRange;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decides how the sums of a product are formed: exactly, or by the same steps.
 *
 * <p>Sums are formed as a whole, and cast once, where that gives the bits of an accumulator that is
 * cast at every step:
 * <ul>
 * <li>no step rounds: the accumulator has at least the fraction bits of a product; and
 * <li>no step overflows, for any activations: the range of every column, from the weights and the
 * format of the activations, lies in the accumulator's; or it wraps (N = 0), and low bits are all
 * that matters.
 * </ul>
 * Otherwise the steps are taken one by one.
 *
 * <p>Of the units that can form whole sums exactly, the one of the lowest cost is taken: vector
 * operations for a product, with those of a flush after each block.
 */
public final class Planner {
  // Words of more bits fit in no floating-point unit, and are rare.
  private static final int WIDEST = 53;

  private final ProductSpec spec;
  private final int bits;
  private final List<Unit> units;
  private final FixedFormat product;
  private final List<Fact> refused = new ArrayList<>();

  private Planner(ProductSpec spec, int bits, List<Unit> units) {
    this.spec = spec;
    this.bits = bits;
    this.units = units;
    this.product = spec.product();
  }

  /** Decides for vectors of so many bits, or 0 for scalar loops. */
  public static SumChoice choose(ProductSpec spec, int bits) {
    return choose(spec, bits, units(spec));
  }

  /** Decides among some units alone. */
  public static SumChoice choose(ProductSpec spec, int bits, List<Unit> units) {
    return new Planner(spec, bits, units).choose();
  }

  private SumChoice choose() {
    requireNearPoints();
    if (spec.activations().width() > WIDEST || spec.weightFormat().width() > WIDEST) {
      refuse("vector lanes", "a word has more than " + WIDEST + " bits");
      return wide("not computed for words of more than " + WIDEST + " bits");
    }
    boolean lateBias = lateBias();
    SumRange range = range(lateBias, 0);
    FixedFormat accumulator = spec.accumulator();
    if (accumulator == null) {
      return whole(range, lateBias, null, "no accumulator is given");
    }
    int shift = accumulator.fractionBits() - product.fractionBits();
    if (shift < 0) {
      SumChoice rounded = rounded(accumulator, -shift);
      if (rounded != null) {
        return rounded;
      }
    } else if (lateBias
        ? range(false, shift).within(SumRange.of(accumulator, 0))
        : range.within(SumRange.of(accumulator, shift))) {
      return whole(range, lateBias, null, "no step rounds, and none can overflow the accumulator");
    } else if (accumulator.isModular()) {
      return whole(range, lateBias, Math.max(1, accumulator.width() - shift),
          "no step rounds, and the accumulator keeps low bits alone");
    } else {
      refuse("whole sums",
          "a step can leave what the accumulator holds, " + SumRange.of(accumulator, shift));
    }
    return steps(accumulator, range);
  }

  /**
   * Refuses binary points so far apart that HLS has no type for a sum. Nearer ones cost nothing to
   * look at, and the words may be less wide than their formats.
   */
  private void requireNearPoints() {
    long bits = spec.sumIntegerBits() + spec.sumFractionBits();
    if (bits > FixedFormat.MAX_WIDTH) {
      throw spec.tooWide(bits);
    }
  }

  /** Returns whether the bias has bits below those of the products. */
  private boolean lateBias() {
    long below = (long) spec.biasFormat().fractionBits() - product.fractionBits();
    if (spec.bias() == null || below <= 0) {
      return false;
    }
    for (int n = 0; n < spec.bias().n(); n++) {
      long word = spec.bias().at(0, n);
      if (word != 0 && Long.numberOfTrailingZeros(word) < below) {
        return true;
      }
    }
    return false;
  }

  /** Returns what the sum of a column starts from, with a product's fraction bits and more. */
  private BigInteger start(int column, boolean lateBias, int moreBits) {
    if (spec.bias() == null || lateBias) {
      return BigInteger.ZERO;
    }
    long shift = (long) product.fractionBits() + moreBits - spec.biasFormat().fractionBits();
    return spec.exactBias(column).shiftLeft((int) shift);
  }

  /** Returns the range of the sums of all columns, with a product's fraction bits and more. */
  private SumRange range(boolean lateBias, int moreBits) {
    BigInteger aMin = spec.activations().minRaw().shiftLeft(moreBits);
    BigInteger aMax = spec.activations().maxRaw().shiftLeft(moreBits);
    return SumRange.of(spec.weights(), aMin, aMax, n -> start(n, lateBias, moreBits));
  }

  /**
   * Plans sums of products that are rounded one by one, as the steps round sums; returns null where
   * these must be taken.
   */
  private @Nullable SumChoice rounded(FixedFormat accumulator, int shift) {
    String steps = "a step rounds: the accumulator has " + count(shift, "fraction bit")
        + " less than a product";
    ProductRounding rounding =
        shift < Long.SIZE - 1 ? ProductRounding.of(accumulator.quantization(), shift) : null;
    long bits = (long) product.width() + Integer.toBinaryString(spec.weights().k()).length();
    if (rounding == null || bits >= Long.SIZE || spec.terms() != null || spec.forced() != null) {
      refuse("whole sums", steps);
      return null;
    }
    SumRange range = SumRange.ofRounded(spec.weights(), rounding,
        spec.activations().minRaw().longValue(), spec.activations().maxRaw().longValue(),
        this::bias);
    boolean fits = range.within(SumRange.of(accumulator, 0));
    if (!fits && !accumulator.isModular()) {
      refuse("whole sums", steps + ", and can leave what it holds, "
          + SumRange.of(accumulator, 0));
      return null;
    }
    refuse("sums of exact products", steps);
    return whole(RoundedMultiplyAdd.of(rounding), range, fits ? null : accumulator.width(),
        accumulator.fractionBits(), this::bias, false, fits
            ? "a step rounds what it adds, and none can overflow the accumulator"
            : "a step rounds what it adds, and the accumulator keeps low bits alone");
  }

  /** Returns the bias of a column, a word of the accumulator, or 0. */
  private BigInteger bias(int column) {
    return spec.bias() == null ? BigInteger.ZERO : spec.exactBias(column);
  }

  /** Plans whole sums of exact products. */
  private SumChoice whole(SumRange range, boolean lateBias, @Nullable Integer lowBits,
      String why) {
    return whole(units, range, lowBits, product.fractionBits(), n -> start(n, lateBias, 0),
        lateBias, why);
  }

  /**
   * Plans whole sums; of those of a wrapping accumulator only some low bits are needed.
   *
   * @param units what can form them
   * @param range what they can be
   * @param lowBits how many bits are needed, or null for all
   * @param fractionBits their fraction bits
   * @param start what each starts from
   */
  private SumChoice whole(List<Unit> units, SumRange range, @Nullable Integer lowBits,
      int fractionBits, IntFunction<BigInteger> start, boolean lateBias, String why) {
    long wMin = 0;
    long wMax = 0;
    for (int k = 0; k < spec.weights().k(); k++) {
      for (int n = 0; n < spec.weights().n(); n++) {
        wMin = Math.min(wMin, spec.weights().at(k, n));
        wMax = Math.max(wMax, spec.weights().at(k, n));
      }
    }
    Candidate.Need need = new Candidate.Need(
        spec, bits, range, lowBits == null ? Integer.MAX_VALUE : lowBits,
        spec.activations().minRaw(), spec.activations().maxRaw(), BigInteger.valueOf(wMin),
        BigInteger.valueOf(wMax));
    List<Candidate> candidates = new ArrayList<>();
    for (Unit unit : units) {
      try {
        candidates.add(Candidate.of(unit, need));
      } catch (Refusal refusal) {
        refuse(unit.label(), refusal.getMessage());
      }
    }
    if (candidates.isEmpty()) {
      return wide(range.toString());
    }
    Candidate best = Collections.min(candidates, Comparator
        .comparing((Candidate candidate) -> candidate.unit() != spec.forced())
        .thenComparing(Candidate::cost));
    Unit unit = best.unit();
    for (Candidate other : candidates) {
      if (other != best) {
        refuse(other.unit().label(), other.comparedWith(best));
      }
    }
    boolean exact = lowBits == null;
    FixedFormat sums = integers(exact ? range.bits() : unit.sum().bits(), fractionBits);
    if (lateBias && sums.plus(spec.biasFormat()).width() > Long.SIZE) {
      refuse("vector lanes", "with its bias a sum is " + sums.plus(spec.biasFormat()));
      return wide(range.toString());
    }
    boolean allBits = !exact && lowBits == unit.sum().bits() && spec.accumulator().signed();
    boolean wraps = !exact && (lateBias || !allBits);
    return new SumChoice(
        plan(best, spec.bias() != null && !lateBias, start), sums, lateBias, wraps,
        range.toString(), why, refused);
  }

  private static List<Unit> units(ProductSpec spec) {
    if (spec.terms() != null) {
      return Unit.OF_TERMS;
    }
    List<Unit> units = new ArrayList<>(DotProducts.usable());
    units.addAll(Unit.OF_WORDS);
    if (spec.forced() != null && !units.contains(spec.forced())) {
      units.addFirst(spec.forced());
    }
    return units;
  }

  private static FixedFormat integers(int width, int fractionBits) {
    return ExactFormat.of("the sum of the products", true, width, (long) width - fractionBits);
  }

  /**
   * Plans sums.
   *
   * @param early whether they start from a bias
   * @param start what each starts from
   */
  private SumPlan plan(
      Candidate candidate, boolean early, IntFunction<BigInteger> start) {
    Unit unit = candidate.unit();
    WeightMatrix matrix = candidate.weights();
    PackedWeights weights = PackedWeights.of(
        matrix, candidate.layout(), TileShape.lanes(unit, candidate.bits()),
        TileShape.maxVectors(unit, candidate.bits()));
    long offset = unit.offset(spec.activations());
    boolean biased = early || offset != 0;
    long[] sums = offset == 0 ? new long[matrix.n()] : sums(matrix);
    Object starts = starts(weights, unit, biased,
        n -> start.apply(n).longValue() - offset * sums[n]);
    return new SumPlan(unit, candidate.bits(), spec.lanewise(), weights, candidate.layout(), biased,
        starts, candidate.chunkEnds(), candidate.blocks(), null);
  }

  /** Returns the sum of each column of weights, row after row as they lie in memory. */
  private static long[] sums(WeightMatrix weights) {
    long[] sums = new long[weights.n()];
    for (int k = 0; k < weights.k(); k++) {
      for (int n = 0; n < sums.length; n++) {
        sums[n] += weights.at(k, n);
      }
    }
    return sums;
  }

  /** Returns what sums start from: zeros for one panel, the widest, serve all of them. */
  private Object starts(
      PackedWeights weights, Unit unit, boolean biased, IntToLongFunction start) {
    int last = weights.panels() - 1;
    if (!biased) {
      return LaneArrays.allocate(unit.sum(), weights.columns(last));
    }
    Object starts = LaneArrays.allocate(unit.sum(), weights.firstColumn(last + 1));
    MemorySegment words = LaneArrays.segment(starts);
    for (int n = 0; n < spec.weights().n(); n++) {
      unit.sum().write(words, (long) n * unit.sum().bytes(), start.applyAsLong(n));
    }
    return starts;
  }

  private SumChoice steps(FixedFormat accumulator, SumRange range) {
    if (accumulator.plus(product).width() > Long.SIZE) {
      refuse("vector lanes", "the exact sum of a step is " + accumulator.plus(product));
      return wide(range.toString());
    }
    int terms = spec.terms() == null ? 0 : spec.terms().planes();
    StepCast step = StepCast.of(product, accumulator, bits, spec.lanewise(), terms);
    WeightLayout layout = spec.terms() == null ? WeightLayout.words() : spec.terms();
    Unit unit = step.laneBits() == Long.SIZE ? Unit.INT64 : Unit.INT32;
    PackedWeights weights = PackedWeights.of(
        spec.weights(), layout, TileShape.lanes(unit, step.bits()), 1);
    int[] chunkEnds = {spec.weights().k()};
    Blocks[] blocks = new Blocks[weights.panels()];
    Arrays.fill(blocks, Blocks.unbounded(spec.run(), chunkEnds, 1));
    boolean biased = spec.bias() != null;
    Object starts = starts(weights, unit, biased, n -> spec.bias().at(0, n));
    SumPlan plan = new SumPlan(unit, step.bits(), spec.lanewise(), weights, layout, biased, starts,
        chunkEnds, blocks, step);
    return new SumChoice(plan, accumulator, false, false, range.toString(),
        "every step is cast into the accumulator", refused);
  }

  private SumChoice wide(String bound) {
    return new SumChoice(null, spec.accumulator() == null ? product : spec.accumulator(), false,
        false, bound, "each step in 128 bits", refused);
  }

  private void refuse(String what, String why) {
    refused.add(new Fact(what, why));
  }

  private static String count(int count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
