package io.fixlane.onnx.read.words;

import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.read.numbers.Meaning;
import io.fixlane.onnx.read.numbers.Numbers;
import io.fixlane.onnx.read.numbers.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Chains of sums and products with constants, as biases and as scales and shifts of layers. */
final class Chains {
  private Chains() {}

  /** Returns the links of an open chain, none of any other step. */
  static List<ChainLink> links(Step step) {
    return step.op() instanceof Op.Chain chain ? chain.links() : List.of();
  }

  /** Returns whether a step is a chain that no scale and shift of words is. */
  static boolean isInexact(Step step) {
    List<ChainLink> links = links(step);
    return links.stream().anyMatch(ChainLink::isInexact)
        || !links.isEmpty() && !step.meaning().isExact();
  }

  /** Returns what a chain begins with, or a step that is none. */
  static Step base(Step step) {
    return step.op() instanceof Op.Chain ? step.required() : step;
  }

  /**
   * Returns the step that a chain is: its first sums become the bias of products, the rest one
   * scale and shift.
   *
   * @param first what it begins with, of which the range is known where there are links
   * @param links its links
   * @throws OnnxException if a link is no exact sum or product; the node is named
   */
  static Step resolved(Step first, List<ChainLink> links) throws OnnxException {
    Biased biased = biased(first, links);
    Step base = biased.step;
    List<ChainLink> rest = biased.rest;
    if (rest.isEmpty()) {
      return base;
    }
    Numbers scale = null;
    Numbers shift = null;
    for (ChainLink link : rest) {
      if (link.isInexact() || !base.meaning().isExact()) {
        throw link.node().refuse("its numbers are no products or sums of binary fractions, so that "
            + "no scale and shift of words is exactly what it computes: only a Quant may take "
            + "them");
      }
      Numbers factor = link.scale();
      if (factor != null) {
        scale = scale == null ? factor : scale.times(factor);
        shift = shift == null ? null : shift.times(factor);
      }
      Numbers summand = link.shift();
      if (summand != null) {
        shift = shift == null ? summand : shift.plus(summand);
      }
    }
    return affine(base, rest.getFirst(), scale, shift);
  }

  private static Step affine(
      Step base, ChainLink first, @Nullable Numbers scale, @Nullable Numbers shift)
      throws OnnxException {
    int channels = scale == null
        ? shift == null ? 1 : shift.words().length
        : scale.words().length;
    Op.Affine affine = new Op.Affine(scale == null ? Numbers.of(1).spread(channels) : scale,
        shift == null ? Numbers.of(0).spread(channels) : shift);
    return scaled(base, first, affine, Meaning.EXACT);
  }

  /** Returns a step with a scale and a shift of what it gives. */
  static Step scaled(Step base, ChainLink first, Op.Affine affine, Meaning meaning)
      throws OnnxException {
    Range range = base.range().times(affine.scale()).plus(affine.shift());
    if (base.isOpen() && base.op() instanceof Op.Product product && product.scaled() == null) {
      return base.with(new Op.Product(product.weights(), product.window(), product.bias(),
          product.relu(), base.range(), affine), range, meaning);
    }
    try {
      Step closed = base.isOpen() ? base.closed() : base;
      return closed.then(affine, first.node(), range, meaning);
    } catch (OnnxException e) {
      throw first.node().refuse(e.getMessage());
    }
  }

  /**
   * What a chain is without its first sums.
   *
   * @param step what it begins with, and the sums in its bias
   * @param rest the links behind
   */
  record Biased(Step step, List<ChainLink> rest) {}

  /** Takes the first sums of a chain of products into their bias. */
  static Biased biased(Step base, List<ChainLink> links) {
    Step step = base;
    List<ChainLink> rest = new ArrayList<>(links);
    while (!rest.isEmpty() && rest.getFirst().isSum() && step.isOpen()
        && step.op() instanceof Op.Product product && product.scaled() == null
        && !product.relu() && step.meaning().isExact()) {
      Numbers added = Objects.requireNonNull(rest.removeFirst().shift());
      Numbers before = product.bias();
      Numbers bias = before == null ? added : before.plus(added);
      step = step.with(new Op.Product(product.weights(), product.window(), bias, false,
          product.unscaled(), null), product.unscaled().plus(bias), step.meaning());
    }
    return new Biased(step, rest);
  }
}
