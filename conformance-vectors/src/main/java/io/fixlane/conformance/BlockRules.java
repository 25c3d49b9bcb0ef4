package io.fixlane.conformance;

import io.fixlane.conformance.Operation.Add;
import io.fixlane.conformance.Operation.Cast;
import io.fixlane.conformance.Operation.Conv2d;
import io.fixlane.conformance.Operation.Divide;
import io.fixlane.conformance.Operation.Dot;
import io.fixlane.conformance.Operation.FromDouble;
import io.fixlane.conformance.Operation.Gemm;
import io.fixlane.conformance.Operation.KHot;
import io.fixlane.conformance.Operation.KHotGemm;
import io.fixlane.conformance.Operation.Multiply;
import io.fixlane.conformance.Operation.Negate;
import io.fixlane.conformance.Operation.ShiftLeft;
import io.fixlane.conformance.Operation.ShiftRight;
import io.fixlane.conformance.Operation.Subtract;
import io.fixlane.conformance.Operation.ToDouble;
import io.fixlane.format.FixedFormat;
import org.jspecify.annotations.Nullable;

/**
 * What makes a block meaningful. Each rule throws an IllegalArgumentException that says what breaks
 * it.
 */
final class BlockRules {
  private BlockRules() {}

  static void check(
      Operation operation,
      Words x,
      @Nullable Words y,
      @Nullable Words bias,
      @Nullable FixedFormat accumulator) {
    Signature signature = operation.signature();
    checkOperand(operation, LineKey.X, x.type());
    if (!signature.fitsX(x.size())) {
      throw new IllegalArgumentException(
          "x has " + x.size() + " words: " + operation.text() + " takes " + xWords(signature));
    }
    Signature.requireFitting(LineKey.X, x.size(), x.type());
    checkPresence(operation, LineKey.Y, y != null, signature.y() > 0, signature.y() > 0);
    checkPresence(operation, LineKey.BIAS, bias != null, false, signature.bias() > 0);
    checkPresence(operation, LineKey.ACC, accumulator != null, signature.layer(),
        signature.layer());
    checkOptional(operation, LineKey.Y, y, signature.yWords(x.size()));
    checkOptional(operation, LineKey.BIAS, bias, signature.bias());
    for (int i = 0; x.type().isDouble() && i < x.size(); i++) {
      checkWord(operation, LineKey.X, x.type(), x.low(i), false);
    }
    for (int i = 0; operation instanceof Divide && i < y.size(); i++) {
      checkWord(operation, LineKey.Y, y.type(), y.low(i), y.raw(i).signum() == 0);
    }
    checkTypes(operation, x.type(), y == null ? null : y.type(), accumulator);
  }

  private static void checkPresence(Operation op, LineKey key, boolean present, boolean needed,
      boolean allowed) {
    if (present ? !allowed : needed) {
      throw new IllegalArgumentException(
          op.name() + (present ? " takes no " : " lacks ") + key.text());
    }
  }

  private static void checkOptional(Operation operation, LineKey key, @Nullable Words words,
      int size) {
    if (words == null) {
      return;
    }
    checkOperand(operation, key, words.type());
    if (words.size() != size) {
      throw new IllegalArgumentException(
          key.text() + " has " + words.size() + " words: " + operation.text() + " takes " + size
              + " here");
    }
    Signature.requireFitting(key, size, words.type());
  }

  /** Returns how many words x has, in words. */
  static String xWords(Signature signature) {
    return signature.layer()
        ? "" + signature.x()
        : signature.x() == 1 ? "at least 1" : "a multiple of " + signature.x();
  }

  /** Checks whether an operand may be of doubles, or must be. */
  static void checkOperand(Operation operation, LineKey key, WordType type) {
    boolean doubles = operation instanceof FromDouble && key == LineKey.X;
    if (type.isDouble() != doubles) {
      throw new IllegalArgumentException(
          key.text() + " of " + operation.name() + " is " + type + ": it must be "
              + (doubles ? "double" : "a fixed-point format"));
    }
  }

  /** Checks that a word has a meaning; {@code low} is its low 64 bits. */
  static void checkWord(Operation operation, LineKey key, WordType type, long low, boolean zero) {
    if (operation instanceof Divide && key == LineKey.Y && zero) {
      throw new IllegalArgumentException("the divisor is 0: a quotient by zero is undefined");
    }
    if (type.isDouble() && key == LineKey.X && Double.isNaN(Double.longBitsToDouble(low))) {
      throw new IllegalArgumentException("the double is NaN: it has no fixed-point value");
    }
  }

  /** Checks that the operands' formats have a result, before any z is known. */
  static void checkTypes(
      Operation operation, WordType x, @Nullable WordType y, @Nullable FixedFormat accumulator) {
    resultType(operation, x, y);
    if (accumulator != null) {
      accumulator.plus(x.fixed().times(y.fixed()));
    }
  }

  /** Checks that the expected words of a block may be of a type. */
  static void checkResult(VectorBlock block, WordType z) {
    Operation operation = block.operation();
    WordType only =
        resultType(operation, block.x().type(), block.y() == null ? null : block.y().type());
    if (only != null && !only.equals(z)) {
      throw new IllegalArgumentException(
          "z of " + operation.name() + " is " + z + ": it must be " + only);
    }
    if (only == null && z.isDouble()) {
      throw new IllegalArgumentException(
          "z of " + operation.name() + " is double: it must be a fixed-point format");
    }
    Signature.requireFitting(LineKey.Z, block.resultSize(), z);
    switch (operation) {
      case Dot _ -> z.fixed().plus(block.x().type().fixed().times(block.y().type().fixed()));
      case FromDouble _ -> {
        if (z.fixed().overflow().wraps() && hasInfinity(block.x())) {
          throw new IllegalArgumentException(
              "x holds an infinity: it has no value in " + z + ", which wraps");
        }
      }
      case Cast _,ToDouble _,Negate _,ShiftLeft _,ShiftRight _,Gemm _,Conv2d _ -> {
        // Nothing beyond the type.
      }
      case Add _,Subtract _,Multiply _,Divide _,KHot _,KHotGemm _ -> {
        // Nothing beyond the type.
      }
    }
  }

  private static boolean hasInfinity(Words doubles) {
    for (int i = 0; i < doubles.size(); i++) {
      if (Double.isInfinite(doubles.doubleAt(i))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the one type that C++ gives the result, or null where any fixed-point format will do.
   */
  private static @Nullable WordType resultType(Operation operation, WordType x,
      @Nullable WordType y) {
    return switch (operation) {
      case Cast _,FromDouble _,Dot _,Gemm _,Conv2d _,KHotGemm _ -> null;
      case ToDouble _ -> WordType.DOUBLE;
      case Add _ -> new WordType(x.fixed().plus(y.fixed()));
      case Subtract _ -> new WordType(x.fixed().minus(y.fixed()));
      case Multiply _ -> new WordType(x.fixed().times(y.fixed()));
      case Divide _ -> new WordType(x.fixed().dividedBy(y.fixed()));
      case Negate _ -> new WordType(x.fixed().negate());
      case ShiftLeft _,ShiftRight _,KHot _ -> x;
    };
  }
}
