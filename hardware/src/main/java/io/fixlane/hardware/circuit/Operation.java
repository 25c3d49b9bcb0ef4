package io.fixlane.hardware.circuit;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What gives a value of a circuit. */
public sealed interface Operation {
  /** Returns what it is computed of. */
  List<Value> operands();

  /** Returns how many levels of adders it counts for. */
  int levels();

  /**
   * Bits of the vector that comes in.
   *
   * @param offset the lowest of them
   * @param range which integers they are
   */
  record Input(int offset, Range range) implements Operation {
    @Override
    public List<Value> operands() {
      return List.of();
    }

    @Override
    public int levels() {
      return 0;
    }
  }

  /**
   * A constant.
   *
   * @param integer the constant
   */
  record Constant(BigInteger integer) implements Operation {
    @Override
    public List<Value> operands() {
      return List.of();
    }

    @Override
    public int levels() {
      return 0;
    }
  }

  /** The signs of a sum of two. */
  enum Signs {
    /** a + (b &lt;&lt; shift). */
    PLUS,
    /** a - (b &lt;&lt; shift). */
    MINUS,
    /** (b &lt;&lt; shift) - a. */
    FROM
  }

  /**
   * A sum of two, by one adder.
   *
   * @param a one operand
   * @param b the other
   * @param shift by how many bits b is shifted to the left
   * @param signs which of them is subtracted
   */
  record Add(Value a, Value b, int shift, Signs signs) implements Operation {
    @Override
    public List<Value> operands() {
      return List.of(a, b);
    }

    @Override
    public int levels() {
      return 1;
    }

    /** Returns how many low bits are those of a, and take no adder. */
    public int passed() {
      return signs == Signs.FROM ? 0 : shift;
    }
  }

  /**
   * A product with a constant, by a multiplier.
   *
   * @param a what is multiplied
   * @param factor the constant
   */
  record Multiply(Value a, BigInteger factor) implements Operation {
    @Override
    public List<Value> operands() {
      return List.of(a);
    }

    @Override
    public int levels() {
      return 1;
    }
  }

  /**
   * A cast of a x 2<sup>-fractionBits</sup>.
   *
   * @param a the integer
   * @param fractionBits its fraction bits
   * @param target the format of the result
   * @param free whether it only places bits
   */
  record Cast(Value a, int fractionBits, FixedFormat target, boolean free) implements Operation {
    @Override
    public List<Value> operands() {
      return List.of(a);
    }

    @Override
    public int levels() {
      return free ? 0 : 1;
    }
  }

  /**
   * max(a, 0).
   *
   * @param a the value
   */
  record Relu(Value a) implements Operation {
    @Override
    public List<Value> operands() {
      return List.of(a);
    }

    @Override
    public int levels() {
      return 0;
    }
  }

  /**
   * One of two values.
   *
   * @param condition what decides
   * @param negative the result where the condition is negative
   * @param other the result where it is not
   */
  record Select(Value condition, Value negative, Value other) implements Operation {
    @Override
    public List<Value> operands() {
      return List.of(condition, negative, other);
    }

    @Override
    public int levels() {
      return 0;
    }
  }

  /**
   * The larger of two.
   *
   * @param a one
   * @param b the other
   */
  record Max(Value a, Value b) implements Operation {
    @Override
    public List<Value> operands() {
      return List.of(a, b);
    }

    @Override
    public int levels() {
      return 1;
    }
  }

  /**
   * What the circuit's table has for a word.
   *
   * @param a the word
   */
  record LookUp(Value a) implements Operation {
    @Override
    public List<Value> operands() {
      return List.of(a);
    }

    @Override
    public int levels() {
      return 1;
    }
  }

  /**
   * Whether a sign is that of a weight: 1 or 0.
   *
   * @param sign the sign bit of a word
   * @param negative whether the weight is -1
   * @param mask a bit that makes 0 of the result where it is 0, or null
   */
  record Agree(Value sign, boolean negative, @Nullable Value mask) implements Operation {
    @Override
    public List<Value> operands() {
      return mask == null ? List.of(sign) : List.of(sign, mask);
    }

    @Override
    public int levels() {
      return 0;
    }
  }

  /**
   * How many of a few bits are set.
   *
   * @param bits the bits
   */
  record Count(List<Value> bits) implements Operation {
    /** The most bits, whose number three look-up tables of six inputs give. */
    public static final int MOST = 6;

    @Override
    public List<Value> operands() {
      return bits;
    }

    @Override
    public int levels() {
      return 1;
    }
  }

  /**
   * 1 where a value is negative, else 0.
   *
   * @param a the value
   */
  record Negative(Value a) implements Operation {
    @Override
    public List<Value> operands() {
      return List.of(a);
    }

    @Override
    public int levels() {
      return 0;
    }
  }

  /**
   * What a division begins with: the bits of a, shifted, and then inverted where a is negative.
   *
   * @param a the dividend
   * @param dropped how many low bits of a are dropped
   * @param zeros how many zeros are appended
   */
  record Dividend(Value a, int dropped, int zeros) implements Operation {
    @Override
    public List<Value> operands() {
      return List.of(a);
    }

    @Override
    public int levels() {
      return 0;
    }
  }

  /**
   * A step of a restoring division. The state has a remainder above the bits of the dividend: it
   * moves up by a bit, the divisor is subtracted from the remainder where it goes into it, and the
   * lowest bit says whether it did.
   *
   * @param state the state before
   * @param divisor the divisor
   * @param bits the bits of the dividend
   */
  record DivideStep(Value state, Value divisor, int bits) implements Operation {
    @Override
    public List<Value> operands() {
      return List.of(state, divisor);
    }

    @Override
    public int levels() {
      return 1;
    }
  }

  /**
   * What a division ends with: the floor of the quotient, its lowest bit set where anything is
   * left.
   *
   * @param state the state after the last step
   * @param divisor the divisor
   * @param a the dividend
   * @param dropped how many low bits of a were dropped
   * @param bits the bits of the quotient
   */
  record Quotient(Value state, Value divisor, Value a, int dropped, int bits)
      implements Operation {
    @Override
    public List<Value> operands() {
      List<Value> operands = new ArrayList<>(List.of(state, divisor));
      operands.add(a);
      return operands;
    }

    @Override
    public int levels() {
      return 1;
    }
  }
}
