package io.fixlane.hardware.circuit;

import io.fixlane.format.KHotTerm;
import io.fixlane.hardware.circuit.Operation.Signs;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SequencedSet;

/**
 * Sums of constant multiples, computed together so that they share what they have in common. Each
 * is a tree of adders, in which those of the fewest levels are added first.
 */
public final class Sums {
  private final Circuit circuit;
  private final boolean multiply;
  private final boolean share;
  private final List<Linear> variables = new ArrayList<>();
  private final Map<Value, Integer> numbers = new HashMap<>();
  private final List<Range> leaves = new ArrayList<>();
  private final List<SequencedSet<Term>> sums = new ArrayList<>();
  private long bits;

  /**
   * Begins sums.
   *
   * @param circuit what they are computed in
   * @param multiply whether a multiplier multiplies, else shifts and adders do
   * @param share whether shifts and adders are shared
   */
  public Sums(Circuit circuit, boolean multiply, boolean share) {
    this.circuit = circuit;
    this.multiply = multiply;
    this.share = share && !multiply;
  }

  /** Begins another sum, to which further terms are added. */
  public void begin() {
    sums.add(new LinkedHashSet<>());
  }

  /**
   * Adds the product of a value and a constant, shifted to the left.
   *
   * @param x the value
   * @param weight the constant
   * @param terms terms whose sum is the constant
   * @param shift by how many bits
   */
  public void add(Value x, BigInteger weight, List<KHotTerm> terms, int shift) {
    if (weight.signum() == 0) {
      return;
    }
    int zeros = weight.getLowestSetBit();
    BigInteger odd = weight.abs().shiftRight(zeros);
    if (odd.equals(BigInteger.ONE) || multiply) {
      Value product = odd.equals(BigInteger.ONE) ? x : circuit.multiply(x, odd);
      term(product, shift + zeros, weight.signum() < 0);
    } else {
      terms.forEach(term -> term(x, shift + term.shift(), term.negative()));
    }
  }

  /** Adds a constant, shifted to the left. */
  public void add(BigInteger constant, int shift) {
    if (constant.signum() != 0) {
      int zeros = constant.getLowestSetBit();
      term(circuit.constant(constant.shiftRight(zeros)), shift + zeros, false);
    }
  }

  /** Adds a value, shifted to the left and with a sign. */
  public void term(Value x, int shift, boolean negative) {
    Integer number = numbers.get(x);
    if (number == null) {
      number = variables.size();
      numbers.put(x, number);
      variables.add(Linear.of(number, x));
      leaves.add(x.range());
    }
    put(new Term(number, shift, negative));
    bits += x.width();
  }

  /** Adds a term to the last sum, in which a term stands once: twice, it is twice as large. */
  private void put(Term term) {
    SequencedSet<Term> sum = sums.getLast();
    boolean cancels = sum.remove(new Term(term.variable(), term.shift(), !term.negative()));
    if (!cancels && !sum.add(term)) {
      sum.remove(term);
      put(new Term(term.variable(), term.shift() + 1, term.negative()));
    }
  }

  /** Returns about how many bits adders have if nothing is shared: one for each bit of a term. */
  public long bits() {
    return bits;
  }

  /**
   * Returns the sums.
   *
   * @param fractionBits the fraction bits of terms that are not shifted
   */
  public List<Scaled> build(int fractionBits) {
    List<List<Term>> terms = sums.stream().<List<Term>>map(ArrayList::new).toList();
    terms = share ? Sharing.share(terms, this::variable) : terms;
    return terms.stream().map(sum -> tree(sum, fractionBits)).toList();
  }

  private int variable(Pattern pattern) {
    variables.add(Linear.add(circuit, leaves, variables.get(pattern.first()),
        variables.get(pattern.second()), pattern.shift(),
        pattern.opposite() ? Signs.MINUS : Signs.PLUS));
    return variables.size() - 1;
  }

  /** A part of a sum. */
  private record Part(Linear linear, int shift, boolean negative, int order) {
    static final Comparator<Part> FIRST =
        Comparator.comparingInt((Part part) -> part.linear.value().level())
            .thenComparingInt(Part::shift).thenComparingInt(Part::order);
  }

  private Scaled tree(List<Term> terms, int fractionBits) {
    if (terms.isEmpty()) {
      return new Scaled(circuit.constant(BigInteger.ZERO), fractionBits);
    }
    PriorityQueue<Part> parts = new PriorityQueue<>(Part.FIRST);
    for (Term term : terms) {
      parts.add(
          new Part(variables.get(term.variable()), term.shift(), term.negative(), parts.size()));
    }
    for (int order = terms.size(); parts.size() > 1; order++) {
      parts.add(add(parts.remove(), parts.remove(), parts.isEmpty(), order));
    }
    Part sum = parts.remove();
    Value value = sum.linear.value();
    Value zero = circuit.constant(BigInteger.ZERO);
    return new Scaled(
        sum.negative ? circuit.add(value, zero, 0, Signs.FROM) : value, fractionBits - sum.shift);
  }

  /** Adds two parts: the sum has the sign of the one that is shifted less, but for the last. */
  private Part add(Part one, Part two, boolean last, int order) {
    Part a = one.shift <= two.shift ? one : two;
    Part b = a == one ? two : one;
    boolean from = last && a.negative && !b.negative;
    Signs signs = a.negative == b.negative ? Signs.PLUS : from ? Signs.FROM : Signs.MINUS;
    Linear sum = Linear.add(circuit, leaves, a.linear, b.linear, b.shift - a.shift, signs);
    return new Part(sum, a.shift, a.negative && !from, order);
  }
}
