package io.fixlane.kernels.tiles.plan;

import io.fixlane.kernels.tiles.kernel.TileShape;
import io.fixlane.kernels.tiles.kernel.Unit;
import io.fixlane.kernels.tiles.pack.Blocks;
import io.fixlane.kernels.tiles.pack.LaneArrays;
import io.fixlane.kernels.tiles.pack.WeightLayout;
import io.fixlane.kernels.tiles.pack.PackedWeights;
import io.fixlane.kernels.tiles.pack.PaddedMatrix;
import io.fixlane.kernels.tiles.pack.SumRange;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A unit that can form the sums of a product.
 *
 * @param unit the unit
 * @param bits the size of a vector, 0 for scalar loops
 * @param weights the weights, filled up to whole groups of the layout
 * @param layout how they lie in panels
 * @param chunkEnds where the words of a column are divided for the cache
 * @param blocks the blocks of each panel
 * @param vectors the vectors of all panels
 * @param filled how many times the weights they are with what fills them up
 */
record Candidate(
    Unit unit, int bits, WeightMatrix weights, WeightLayout layout, int[] chunkEnds,
    Blocks[] blocks,
    int vectors, double filled) {
  // A column's steps that are widened at a time: with 64 columns they fill an eighth of a MiB.
  private static final int CHUNK_BYTES = 4096;

  /** What a unit is asked for. */
  record Need(ProductSpec spec, int bits, SumRange range, int lowBits, BigInteger aMin,
      BigInteger aMax, BigInteger wMin, BigInteger wMax) {

    /** Returns whether only low bits are needed, no more than there are. */
    boolean modulo(int bitsThere) {
      return lowBits <= bitsThere;
    }

    BigInteger largestProduct() {
      return aMin.abs().max(aMax).multiply(wMin.abs().max(wMax.abs()));
    }
  }

  /**
   * Returns the candidate.
   *
   * @throws Refusal if the unit cannot form the sums; the message says why
   */
  static Candidate of(Unit unit, Need need) throws Refusal {
    ProductSpec spec = need.spec;
    boolean forced = spec.forced() == unit;
    requireSums(unit, need, forced);
    boolean modulo = need.modulo(unit.lane().bits()) && !unit.lane().floating();
    if (!modulo && !forced) {
      requireLanes(unit, need);
    }
    int bits = unit.vectorBits(need.bits);
    int lanes = TileShape.lanes(unit, bits);
    WeightLayout layout = unit.layout(spec.activations(), spec.weights(), spec.terms(), lanes);
    if (layout == null) {
      throw new Refusal(unit.misfit(lanes));
    }
    int group = layout.group();
    int cell = layout.crossesPixels() ? spec.run() : spec.cell();
    int padded = Math.ceilDiv(cell, group) * group;
    int run = spec.run() / cell * padded;
    requireRoom(spec, run, layout, lanes);
    WeightMatrix weights = padded == cell
        ? spec.weights()
        : new PaddedMatrix(spec.weights(), cell, padded);
    int[] chunkEnds =
        chunkEnds(weights.k() / group, run / group, CHUNK_BYTES / unit.lane().bytes());
    int[] panelVectors =
        PackedWeights.panels(weights.n(), lanes, TileShape.maxVectors(unit, bits));
    Blocks[] blocks = new Blocks[panelVectors.length];
    List<WeightMatrix> summed = layout.summed(weights);
    Blocks unbounded = Blocks.unbounded(run, chunkEnds, group);
    // What leaves a lane for a while and comes back in a sum of the same bits does no harm.
    boolean boundless = modulo || forced || unit.lane() == unit.sum()
        || chunksFit(need.largestProduct(), (long) longest(chunkEnds) * group, unit.range());
    int column = 0;
    for (int panel = 0; panel < blocks.length; panel++) {
      int last = Math.min(column + panelVectors[panel] * lanes, weights.n());
      Blocks own = boundless
          ? unbounded
          : Blocks.of(summed, column, last, unit.range(), need.aMin.longValue(),
              need.aMax.longValue(),
              run, chunkEnds, group);
      if (own == null) {
        throw new Refusal("the sum of " + group + " products can be beyond " + unit.limit());
      }
      // Equal ones are one, so that many panels of a few steps take no more than their words.
      boolean equal = Arrays.equals(own.ends(), unbounded.ends());
      blocks[panel] = equal ? unbounded : own;
      column = last;
    }
    int vectors = Math.ceilDiv(weights.n(), lanes);
    return new Candidate(unit, bits, weights, layout, chunkEnds, blocks, vectors,
        (double) weights.k() / spec.weights().k());
  }

  /** Returns whether the sum of so many products stays in a range whatever they are. */
  private static boolean chunksFit(BigInteger largest, long products, SumRange range) {
    return largest.multiply(BigInteger.valueOf(products))
        .compareTo(range.high().min(range.low().negate())) <= 0;
  }

  private static int longest(int... ends) {
    int longest = 0;
    int start = 0;
    for (int end : ends) {
      longest = Math.max(longest, end - start);
      start = end;
    }
    return longest;
  }

  private static void requireSums(Unit unit, Need need, boolean forced) throws Refusal {
    if (unit.vectorBits(need.bits) == 0 && unit.needsVectors()) {
      throw new Refusal("it needs vectors");
    }
    String refusal = unit.refusal(
        need.spec.activations(), need.spec.weightFormat(), need.spec.lanewise());
    if (refusal != null) {
      throw new Refusal(refusal);
    }
    if (!forced && !need.modulo(unit.sum().bits()) && need.range.bits() > unit.sum().bits()) {
      throw new Refusal("sums have " + need.range.bits() + " bits, and it adds up in "
          + unit.sum().bits());
    }
  }

  private static void requireLanes(Unit unit, Need need) throws Refusal {
    SumRange range = unit.range();
    if (!new SumRange(need.aMin, need.aMax).within(range)
        || !new SumRange(need.wMin, need.wMax).within(range)
        || need.largestProduct().compareTo(range.high()) > 0) {
      throw new Refusal(
          "a product can be " + need.largestProduct() + ", beyond " + unit.limit());
    }
  }

  private static void requireRoom(ProductSpec spec, int run, WeightLayout layout, int lanes)
      throws Refusal {
    long steps = (long) (spec.weights().k() / spec.run()) * run;
    long words = PackedWeights.words(
        spec.weights().n(), steps / layout.group(), layout.planes(), lanes);
    if (steps > Integer.MAX_VALUE || words > LaneArrays.LONGEST) {
      throw new Refusal("its packed weights are " + words + " words, more than an array holds");
    }
  }

  /** Returns the ends of chunks of about one length: of whole runs, or parts of one. */
  static int[] chunkEnds(int k, int run, int longest) {
    int[] ends;
    if (run <= longest) {
      int runs = k / run;
      int chunks = Math.ceilDiv(runs, longest / run);
      ends = new int[chunks];
      for (int i = 0; i < chunks; i++) {
        ends[i] = (int) ((long) runs * (i + 1) / chunks) * run;
      }
    } else {
      int parts = Math.ceilDiv(run, longest);
      ends = new int[k / run * parts];
      for (int i = 0; i < ends.length; i++) {
        ends[i] = i / parts * run + (int) ((long) run * (i % parts + 1) / parts);
      }
    }
    return ends;
  }

  /** Says how many times the cost of another candidate this one has. */
  String comparedWith(Candidate best) {
    boolean flushes = Arrays.stream(blocks).anyMatch(block -> block.ends().length > 1);
    return String.format(Locale.ROOT, "exact too, at %.1f times the cost", cost() / best.cost())
        + (flushes ? ", flushed every " + Blocks.steps(meanBlock()) : "");
  }

  private double meanBlock() {
    return Arrays.stream(blocks).mapToDouble(Blocks::meanLength).average().orElseThrow();
  }

  /**
   * Returns the vector operations for a product, relative to {@link Unit#FLOAT32} and to the bits
   * of a vector, of which machine code has its own.
   */
  double cost() {
    double perStep = 1 + unit.flushSteps(bits) / meanBlock();
    // What is made of activations serves all vectors of a row.
    double making = unit.making(layout) / vectors;
    return (perStep + making) * filled
        / (unit.rate(bits) * layout.group() * Math.max(bits, Long.SIZE));
  }
}
