package io.fixlane.kernels.tiles;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.lanes.StepCast;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
  private final FixedFormat product;
  private final List<String> refused = new ArrayList<>();

  private Planner(ProductSpec spec, int bits) {
    this.spec = spec;
    this.bits = bits;
    this.product = spec.product();
  }

  /** Decides for vectors of so many bits, or 0 for scalar loops. */
  public static SumChoice choose(ProductSpec spec, int bits) {
    return new Planner(spec, bits).choose();
  }

  private SumChoice choose() {
    if (spec.activations().width() > WIDEST || spec.weightFormat().width() > WIDEST) {
      refused.add("lanes: a word has more than " + WIDEST + " bits");
      return wide("unknown");
    }
    boolean lateBias = lateBias();
    SumRange range = range(lateBias, 0);
    FixedFormat accumulator = spec.accumulator();
    if (accumulator == null) {
      return whole(range, lateBias, null, "sums are exact");
    }
    int shift = accumulator.fractionBits() - product.fractionBits();
    if (shift < 0) {
      refused.add("whole sums: a step rounds, as " + accumulator + " has " + -shift
          + " fraction bits less than a product");
    } else if (lateBias
        ? range(false, shift).within(accumulator, 0)
        : range.within(accumulator, shift)) {
      return whole(range, lateBias, null, "no step rounds, and none can overflow " + accumulator);
    } else if (accumulator.overflow() == OverflowMode.AP_WRAP
        && accumulator.saturationBits() == 0) {
      return whole(range, lateBias, Math.max(1, accumulator.width() - shift),
          "no step rounds, and low bits are all that " + accumulator + " keeps");
    } else {
      refused.add("whole sums: " + range + " can overflow " + accumulator);
    }
    return steps(accumulator, range);
  }

  /** Returns whether the bias has bits below those of the products. */
  private boolean lateBias() {
    long below = (long) spec.biasFormat().fractionBits() - product.fractionBits();
    if (spec.bias() == null || below <= 0) {
      return false;
    }
    for (BigInteger word : spec.bias()) {
      if (word.signum() != 0 && word.getLowestSetBit() < below) {
        return true;
      }
    }
    return false;
  }

  /** Returns what the sum of a column starts from, with a product's fraction bits and more. */
  private BigInteger start(int column, boolean lateBias, int moreBits) {
    if (spec.bias() == null || lateBias || column >= spec.bias().length) {
      return BigInteger.ZERO;
    }
    return spec.bias()[column]
        .shiftLeft(product.fractionBits() + moreBits - spec.biasFormat().fractionBits());
  }

  /** Returns the range of the sums of all columns, with a product's fraction bits and more. */
  private SumRange range(boolean lateBias, int moreBits) {
    BigInteger aMin = spec.activations().minRaw().shiftLeft(moreBits);
    BigInteger aMax = spec.activations().maxRaw().shiftLeft(moreBits);
    return SumRange.of(spec.weights(), aMin, aMax, n -> start(n, lateBias, moreBits));
  }

  /** Plans whole sums; of those of a wrapping accumulator only some low bits are needed. */
  private SumChoice whole(SumRange range, boolean lateBias, @Nullable Integer lowBits,
      String why) {
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
    Candidate best = null;
    List<String> slower = new ArrayList<>();
    for (Unit unit : Unit.values()) {
      try {
        Candidate candidate = Candidate.of(unit, need);
        if (best == null || unit == spec.forced()
            || best.unit() != spec.forced() && candidate.cost() < best.cost()) {
          best = candidate;
        }
        slower.add(String.format(Locale.ROOT, "%s: it costs %.2f for a product", unit,
            candidate.cost()));
      } catch (Refusal refusal) {
        refused.add(refusal.getMessage());
      }
    }
    if (best == null) {
      return wide(range.toString());
    }
    Unit unit = best.unit();
    slower.stream().filter(s -> !s.startsWith(unit.name() + ":")).forEach(refused::add);
    boolean exact = lowBits == null;
    FixedFormat sums = integers(exact ? range.bits() : unit.sum().bits());
    if (lateBias && sums.plus(spec.biasFormat()).width() > Long.SIZE) {
      refused.add("lanes: with its bias a sum is " + sums.plus(spec.biasFormat()));
      return wide(range.toString());
    }
    boolean allBits = !exact && lowBits == unit.sum().bits() && spec.accumulator().signed();
    boolean wraps = !exact && (lateBias || !allBits);
    return new SumChoice(
        plan(best, lateBias), sums, lateBias, wraps, range.toString(), why, refused);
  }

  private FixedFormat integers(int width) {
    return new FixedFormat(true, width, width - product.fractionBits(), QuantizationMode.AP_TRN,
        OverflowMode.AP_WRAP, 0);
  }

  private SumPlan plan(Candidate candidate, boolean lateBias) {
    Unit unit = candidate.unit();
    PackedWeights weights = PackedWeights.of(
        candidate.weights(), unit, candidate.table(), spec.terms(), TileShape.lanes(unit, bits),
        TileShape.maxVectors(unit, bits));
    return new SumPlan(unit, bits, spec.lanewise(), weights, candidate.table(),
        starts(weights, unit, lateBias), candidate.chunkEnds(), candidate.blocks(), null);
  }

  private Object starts(PackedWeights weights, Unit unit, boolean lateBias) {
    int columns = weights.firstColumn(weights.panels());
    Object starts = LaneArrays.allocate(unit.sum(), columns);
    for (int n = 0; n < columns; n++) {
      unit.sum().write(LaneArrays.segment(starts), (long) n * unit.sum().bytes(),
          start(n, lateBias, 0).longValue());
    }
    return starts;
  }

  private SumChoice steps(FixedFormat accumulator, SumRange range) {
    if (accumulator.plus(product).width() > Long.SIZE) {
      refused.add("lanes: the exact sum of a step is " + accumulator.plus(product));
      return wide(range.toString());
    }
    int planes = spec.terms() == null ? 0 : spec.terms().planes();
    StepCast step = StepCast.of(product, accumulator, bits, spec.lanewise(), planes);
    Unit unit = step.laneBits() == Long.SIZE ? Unit.INT64 : Unit.INT32;
    PackedWeights weights = PackedWeights.of(
        spec.weights(), unit, null, spec.terms(), TileShape.lanes(unit, bits), 1);
    int[] chunkEnds = {spec.weights().k()};
    Blocks[] blocks = new Blocks[weights.panels()];
    Arrays.fill(blocks, Blocks.unbounded(spec.run(), chunkEnds, 1));
    Object starts = LaneArrays.allocate(unit.sum(), weights.firstColumn(weights.panels()));
    for (int n = 0; spec.bias() != null && n < spec.bias().length; n++) {
      unit.sum().write(LaneArrays.segment(starts), (long) n * unit.sum().bytes(),
          spec.bias()[n].longValue());
    }
    SumPlan plan = new SumPlan(
        unit, bits, spec.lanewise(), weights, null, starts, chunkEnds, blocks, step);
    return new SumChoice(plan, accumulator, false, false, range.toString(),
        "every step is taken, and cast into " + accumulator, refused);
  }

  private SumChoice wide(String bound) {
    return new SumChoice(null, spec.accumulator() == null ? product : spec.accumulator(), false,
        false, bound, "words of 128 bits, one by one", refused);
  }
}
