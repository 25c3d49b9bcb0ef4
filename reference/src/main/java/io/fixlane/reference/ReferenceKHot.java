package io.fixlane.reference;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.format.KHotTerm;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * K-hot weights: words that are sums of at most K terms, each plus or minus a power of two.
 *
 * {@snippet class="io.fixlane.reference.ReferenceExample" region="khot"}
 *
 * @param k K, the largest number of terms, at least 1; from the width of a word on, every rule
 *     leaves the word as it is
 * @param rule which terms a word becomes
 */
public record ReferenceKHot(int k, KHotRule rule) {
  /**
   * Makes the encoder.
   *
   * @throws IllegalArgumentException if k is below 1
   */
  public ReferenceKHot {
    Operands.require("k", k, 1);
    Objects.requireNonNull(rule, "rule");
  }

  /** Returns the K-hot word that {@code word} becomes, in the same format. */
  public Fixed encode(Fixed word) {
    BigInteger raw = Objects.requireNonNull(word, "word").raw();
    return new Fixed(word.format(), switch (rule) {
      case TRUNCATE -> sumOf(mostSignificant(ones(raw)));
      case NEAREST -> nearest(raw, word.format());
      case SIGNED_DIGITS -> saturate(sumOf(mostSignificant(digits(raw))), word.format());
    });
  }

  /**
   * Returns the terms of the K-hot word that {@code word} becomes, the most significant first: the
   * ones of its magnitude, or its signed digits where that is the rule. 0 has none.
   */
  public List<KHotTerm> terms(Fixed word) {
    BigInteger encoded = encode(word).raw();
    return rule == KHotRule.SIGNED_DIGITS ? digits(encoded) : ones(encoded);
  }

  /**
   * Multiplies by the K-hot word that {@code weight} becomes, by shifts and additions alone:
   * x &lt;&lt; shift is added or subtracted for each term. The result is the exact product
   * {@code x.times(encode(weight))}.
   *
   * @throws IllegalArgumentException if the product's format would be wider than
   *     {@value FixedFormat#MAX_WIDTH} bits
   */
  public Fixed multiply(Fixed x, Fixed weight) {
    Objects.requireNonNull(x, "x");
    BigInteger product = BigInteger.ZERO;
    for (KHotTerm term : terms(Objects.requireNonNull(weight, "weight"))) {
      BigInteger shifted = x.raw().shiftLeft(term.shift());
      product = term.negative() ? product.subtract(shifted) : product.add(shifted);
    }
    return new Fixed(x.format().times(weight.format()), product);
  }

  /**
   * Computes the matrix product of a layer with K-hot words, from sums that start at 0, as
   * {@link #gemm(ReferenceGemm, List, List, List)} does.
   *
   * @param gemm the loop
   * @param x m x k values, row-major
   * @param y k x n weights, row-major
   * @throws IllegalArgumentException if an operand has another number of values
   */
  public List<Fixed> gemm(ReferenceGemm gemm, List<Fixed> x, List<Fixed> y) {
    return gemm(gemm, x, y, null);
  }

  /**
   * Computes the matrix product of a layer with the K-hot words that the weights y become. Each
   * product is made by {@link #multiply}, whole and exact, and then added to the accumulator, which
   * is cast once for each product, as in {@code s += x[i,k] * y[k,j]}, and not for each term. So
   * the result is that of {@link ReferenceGemm#run} on encoded weights.
   *
   * @param gemm the loop
   * @param x m x k values, row-major
   * @param y k x n weights, row-major
   * @param bias n values, or null for a sum that starts at 0
   * @throws IllegalArgumentException if an operand has another number of values
   */
  public List<Fixed> gemm(
      ReferenceGemm gemm, List<Fixed> x, List<Fixed> y, @Nullable List<Fixed> bias) {
    return Objects.requireNonNull(gemm, "gemm").run(x, y, bias, this::multiply);
  }

  private List<KHotTerm> mostSignificant(List<KHotTerm> terms) {
    return terms.subList(0, Math.min(k, terms.size()));
  }

  /** Returns the ones of the magnitude, the most significant first. */
  private static List<KHotTerm> ones(BigInteger raw) {
    List<KHotTerm> ones = new ArrayList<>();
    BigInteger magnitude = raw.abs();
    for (int i = magnitude.bitLength() - 1; i >= 0; i--) {
      if (magnitude.testBit(i)) {
        ones.add(new KHotTerm(raw.signum() < 0, i));
      }
    }
    return ones;
  }

  /**
   * Returns the non-zero digits of the canonical signed-digit form, the most significant first.
   * From the least significant bit on, an odd rest takes the digit that leaves a multiple of 4.
   */
  private static List<KHotTerm> digits(BigInteger raw) {
    List<KHotTerm> digits = new ArrayList<>();
    BigInteger rest = raw;
    for (int i = 0; rest.signum() != 0; i++) {
      if (rest.testBit(0)) {
        boolean negative = rest.testBit(1);
        digits.addFirst(new KHotTerm(negative, i));
        rest = negative ? rest.add(BigInteger.ONE) : rest.subtract(BigInteger.ONE);
      }
      rest = rest.shiftRight(1);
    }
    return digits;
  }

  private static BigInteger sumOf(List<KHotTerm> terms) {
    BigInteger sum = BigInteger.ZERO;
    for (KHotTerm term : terms) {
      BigInteger power = BigInteger.ONE.shiftLeft(term.shift());
      sum = term.negative() ? sum.subtract(power) : sum.add(power);
    }
    return sum;
  }

  /**
   * Chooses between the neighbours of {@code raw} among the words with at most K ones: what
   * truncation leaves, and that with one more in the place of its last one, whose carry makes no
   * more ones than there were.
   */
  private BigInteger nearest(BigInteger raw, FixedFormat format) {
    List<KHotTerm> kept = mostSignificant(ones(raw));
    BigInteger inner = sumOf(kept);
    if (inner.equals(raw)) {
      return raw;
    }
    BigInteger outer = inner.add(sumOf(kept.subList(kept.size() - 1, kept.size())));
    boolean outerIsNearer =
        outer.subtract(raw).abs().compareTo(raw.subtract(inner).abs()) < 0;
    return outerIsNearer && format.contains(outer) ? outer : inner;
  }

  /** Returns the sum, or the largest power of two in the format where it is beyond the range. */
  private static BigInteger saturate(BigInteger sum, FixedFormat format) {
    return format.contains(sum)
        ? sum
        : BigInteger.ONE.shiftLeft(format.maxRaw().bitLength() - 1);
  }
}
