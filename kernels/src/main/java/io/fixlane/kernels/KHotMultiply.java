package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.khot.KHotTerms;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.loop.Loops;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The plan of an element-wise product with K-hot weights: the exact product with the K-hot words
 * that the weights become, and one cast into the result's format; {@link KHot#multiply} makes it.
 *
 * <p>The plan keeps its weights, is immutable and may be shared by threads; {@code run} does not
 * allocate.
 */
public final class KHotMultiply {
  /**
   * The weights as a kernel takes them.
   *
   * @param memory K-hot words, or the planes of their terms
   * @param wordBytes the distance of neighbouring weights
   * @param planeBytes the distance of neighbouring terms of a weight
   * @param inTurn the loops in which every element meets a weight of its own
   * @param one the loops in which all elements meet one weight
   */
  private record Packed(
      MemorySegment memory, long wordBytes, long planeBytes, Plan inTurn, Plan one) {}

  private final KHot encoder;
  private final KHotKernel kernel;
  private final Exact exact;
  private final FixedFormat result;
  private final FixedTensor weights;
  private final long stretch;
  private final Packed packed;

  KHotMultiply(KHot encoder, FixedFormat x, FixedTensor weights, FixedFormat result,
      KHotKernel kernel) {
    this.encoder = encoder;
    this.kernel = kernel;
    this.exact = Exact.product(x, weights.format()).within(Long.SIZE);
    this.result = result;
    this.weights = encoder.encode(weights);
    FixedTensor repeated = ChannelConstants.repeated(this.weights);
    this.stretch = repeated.size();
    this.packed = switch (kernel) {
      case MULTIPLY -> new Packed(repeated.segment(), Container.of(repeated.format()).bytes(), 0,
          exact.plan(result, false), exact.plan(result, true));
      case SHIFT_ADD -> {
        KHotTerms terms = KHotTerms.of(repeated, encoder.rule());
        yield new Packed(MemorySegment.ofArray(terms.codes()), Byte.BYTES, stretch,
            shiftAdd(terms.planes(), false), shiftAdd(terms.planes(), true));
      }
    };
  }

  private Plan shiftAdd(int terms, boolean scalar) {
    Operand x = Operand.of(exact.a(), 0, false);
    return new Plan(
        counting -> Loops.shiftAdd(x, terms, scalar, exact.format(), result, counting));
  }

  /** Computes a whole tensor, as {@link #run(FixedTensor, FixedTensor, CastStatistics)}. */
  public void run(FixedTensor x, FixedTensor target) {
    run(x, target, null);
  }

  /**
   * Computes a whole tensor and counts what the cast did.
   *
   * @param x what is multiplied
   * @param target the result, of as many words
   * @param statistics what to count into, made by {@link #newStatistics}; null to count nothing
   * @throws IllegalArgumentException if a tensor has another format than the plan, the shape of x
   *     does not go with that of the weights, or x and target overlap other than in place
   */
  public void run(FixedTensor x, FixedTensor target, @Nullable CastStatistics statistics) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(target, "target");
    Plan.requireFormat("x", x, exact.a());
    Plan.requireFormat("target", target, result);
    Plan.requireSize("target", target, x.size());
    if (statistics != null) {
      Plan.requireSource(statistics, exact.format());
    }
    Memory.check("x", x.segment(), Container.of(exact.a()), 0, target.segment(),
        Container.of(result), 0, x.size());
    long inner = Broadcast.inner("x", x, "weights", weights);
    boolean inTurn = inner == 1;
    long part = inTurn ? stretch : inner;
    long xBytes = Container.of(exact.a()).bytes();
    long targetBytes = Container.of(result).bytes();
    for (long i = 0; i < x.size(); i += part) {
      long offset = inTurn ? 0 : i / inner % weights.size() * packed.wordBytes;
      (inTurn ? packed.inTurn : packed.one).compute(
          x.segment(), i * xBytes, packed.memory, offset, packed.memory,
          offset + packed.planeBytes, target.segment(), i * targetBytes,
          Math.min(part, x.size() - i), statistics);
    }
  }

  /** Returns statistics to count into, empty; they see the exact products before the cast. */
  public CastStatistics newStatistics() {
    return new CastStatistics(exact.format());
  }

  /** Returns what the plan does and how: weights, formats, kernel, lanes and vector width. */
  public String explain() {
    return encoder + " weights: " + exact + " -> " + result + ": " + kernel + ", "
        + packed.inTurn.explain();
  }

  @Override
  public String toString() {
    return explain();
  }
}
