package io.fixlane.hardware.circuit;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.hardware.circuit.Operation.Add;
import io.fixlane.hardware.circuit.Operation.Agree;
import io.fixlane.hardware.circuit.Operation.Cast;
import io.fixlane.hardware.circuit.Operation.Constant;
import io.fixlane.hardware.circuit.Operation.Count;
import io.fixlane.hardware.circuit.Operation.Input;
import io.fixlane.hardware.circuit.Operation.LookUp;
import io.fixlane.hardware.circuit.Operation.Max;
import io.fixlane.hardware.circuit.Operation.Multiply;
import io.fixlane.hardware.circuit.Operation.Negative;
import io.fixlane.hardware.circuit.Operation.Relu;
import io.fixlane.hardware.circuit.Operation.Select;
import io.fixlane.hardware.circuit.Operation.Signs;
import io.fixlane.reference.ReferenceCast;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values, each of which comes behind those that it is computed of. What is asked for twice is there
 * once, and what is known beforehand is a constant.
 */
public final class Circuit {
  private final List<Value> values = new ArrayList<>();
  private final Map<Operation, Value> known = new HashMap<>();
  private final List<Output> outputs = new ArrayList<>();
  private List<BigInteger> table = List.of();
  private int tableWidth;

  /**
   * A word of the vector that goes out.
   *
   * @param value its value
   * @param bits its bits, which may be more than those of the value
   */
  public record Output(Value value, int bits) {}

  /** Adds a word of so many bits to the vector that goes out. */
  public void output(Value value, int bits) {
    outputs.add(new Output(value, bits));
  }

  /** Returns the words of the vector that goes out, the lowest first. */
  public List<Output> outputs() {
    return List.copyOf(outputs);
  }

  /** Returns the bits of the vector that goes out. */
  public int outputBits() {
    return outputs.stream().mapToInt(Output::bits).sum();
  }

  /** Returns the values that outputs depend on, in the order of computation. */
  public List<Value> used() {
    BitSet used = new BitSet();
    outputs.forEach(output -> used.set(output.value().id()));
    for (int id = values.size() - 1; id >= 0; id--) {
      if (used.get(id)) {
        values.get(id).operation().operands().forEach(operand -> used.set(operand.id()));
      }
    }
    return used.stream().mapToObj(values::get).toList();
  }

  /** Returns the words of {@link LookUp}, by the bits of what is looked up. */
  public List<BigInteger> table() {
    return table;
  }

  /** Returns the bits of a word of the table. */
  public int tableWidth() {
    return tableWidth;
  }

  /** Returns the value of an operation, or the constant that it can only be. */
  Value value(Operation operation, Range range) {
    return range.isConstant() ? constant(range.low()) : only(operation, range);
  }

  /** Returns a constant. */
  public Value constant(BigInteger integer) {
    return only(new Constant(integer), Range.of(integer));
  }

  private Value only(Operation operation, Range range) {
    Value there = known.get(operation);
    if (there == null) {
      there = new Value(values.size(), operation, range);
      values.add(there);
      known.put(operation, there);
    }
    return there;
  }

  /** Returns bits of the vector that comes in. */
  public Value input(int offset, Range range) {
    return value(new Input(offset, range), range);
  }

  /** Returns the sum of two, one shifted to the left, with their signs. */
  public Value add(Value a, Value b, int shift, Signs signs) {
    Range shifted = b.range().shiftLeft(shift);
    return add(a, b, shift, signs, switch (signs) {
      case PLUS -> a.range().plus(shifted);
      case MINUS -> a.range().minus(shifted);
      case FROM -> shifted.minus(a.range());
    });
  }

  /** Returns the same sum, known to lie in a range. */
  Value add(Value a, Value b, int shift, Signs signs, Range range) {
    boolean nothing = b.range().equals(Range.of(BigInteger.ZERO)) && signs != Signs.FROM;
    return nothing ? a : value(new Add(a, b, shift, signs), range);
  }

  /** Returns the product with a constant, by a multiplier. */
  public Value multiply(Value a, BigInteger factor) {
    return value(new Multiply(a, factor), a.range().times(factor));
  }

  /** Returns max(a, 0). */
  public Value relu(Value a) {
    Range zero = Range.of(BigInteger.ZERO);
    return a.range().signed() ? value(new Relu(a), a.range().max(zero)) : a;
  }

  /** Returns one value where a condition is negative, else the other. */
  public Value select(Value condition, Value negative, Value other) {
    return condition.range().signed()
        ? value(new Select(condition, negative, other), negative.range().union(other.range()))
        : other;
  }

  /** Returns the larger of two. */
  public Value max(Value a, Value b) {
    return value(new Max(a, b), a.range().max(b.range()));
  }

  /**
   * Returns what the table has for a word.
   *
   * @param words the table of the circuit, by the bits of the word
   * @param range the range of its words
   */
  public Value lookUp(Value a, List<BigInteger> words, Range range) {
    table = words;
    tableWidth = range.width();
    return value(new LookUp(a), range);
  }

  /** Returns whether a sign is that of a weight, and a mask is set. */
  public Value agree(Value sign, boolean negative, @Nullable Value mask) {
    return value(new Agree(sign, negative, mask), Range.of(0, 1));
  }

  /** Returns how many of at most {@link Count#MOST} bits are set. */
  public Value count(List<Value> bits) {
    return bits.size() == 1
        ? bits.getFirst()
        : value(new Count(List.copyOf(bits)), Range.of(0, bits.size()));
  }

  /** Returns 1 where a value is negative, else 0. */
  public Value negative(Value a) {
    if (a.range().high().signum() < 0) {
      return constant(BigInteger.ONE);
    }
    return a.range().signed()
        ? value(new Negative(a), Range.of(0, 1))
        : constant(BigInteger.ZERO);
  }

  /** Returns a value times 2<sup>bits</sup>. */
  public Value shiftLeft(Value a, int bits) {
    if (bits == 0) {
      return a;
    }
    Range shifted = a.range().shiftLeft(bits);
    FixedFormat exact = new FixedFormat(shifted.signed(), shifted.width(), shifted.width() - bits,
        QuantizationMode.AP_TRN, OverflowMode.AP_WRAP, 0);
    return value(new Cast(a, 0, exact, true), shifted);
  }

  /** Returns the exact sum of two numbers. */
  public Scaled add(Scaled a, Scaled b) {
    if (a.fractionBits() < b.fractionBits()) {
      return add(b, a);
    }
    int shift = a.fractionBits() - b.fractionBits();
    return new Scaled(add(a.value(), b.value(), shift, Signs.PLUS), a.fractionBits());
  }

  /** Returns a number cast into a format: quantized, and kept in range as the format says. */
  public Value cast(Scaled number, FixedFormat target) {
    Value a = number.value();
    int fraction = number.fractionBits();
    Range range = a.range();
    if (range.isConstant()) {
      return constant(ReferenceCast.of(range.low(), fraction, target).result().raw());
    }
    Range quantized = new Range(quantized(range.low(), fraction, target),
        quantized(range.high(), fraction, target));
    boolean rounds = fraction > target.fractionBits()
        && target.quantization() != QuantizationMode.AP_TRN;
    if (target.keeps(quantized.low()) && target.keeps(quantized.high())) {
      FixedFormat exact = new FixedFormat(quantized.signed(), quantized.width(),
          quantized.width() - target.fractionBits(), target.quantization(), OverflowMode.AP_WRAP,
          0);
      boolean copy = fraction == target.fractionBits();
      return copy ? a : value(new Cast(a, fraction, exact, !rounds), quantized);
    }
    Range kept = new Range(target.minKeptRaw(), target.maxKeptRaw());
    boolean meet = quantized.high().compareTo(kept.low()) >= 0
        && quantized.low().compareTo(kept.high()) <= 0;
    Range result = target.overflow().clamps() && meet
        ? quantized.intersect(kept)
        : Range.of(target);
    return value(new Cast(a, fraction, target, !rounds && target.isModular()), result);
  }

  private static BigInteger quantized(BigInteger integer, int fraction, FixedFormat target) {
    return ReferenceCast.of(integer, fraction, target).quantized();
  }
}
