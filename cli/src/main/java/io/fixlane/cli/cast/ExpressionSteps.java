package io.fixlane.cli.cast;

import io.fixlane.cli.console.UserError;
import io.fixlane.cli.text.BitText;
import io.fixlane.cli.text.ExactText;
import io.fixlane.cli.text.FormatText;
import io.fixlane.format.FixedFormat;
import io.fixlane.reference.Fixed;
import java.util.List;
import java.util.function.Supplier;

/** The steps of an expression: each is computed by the reference, named x1, x2, ... and told. */
final class ExpressionSteps {
  /** A value that further steps may use. */
  record Step(String name, Fixed value) {}

  private static final String MIXED = "; beside a signed operand an unsigned one has I + 1";

  private final Explanation.Builder lines = new Explanation.Builder();
  private int count;

  /** Returns what was told. */
  List<Explanation.Line> lines() {
    return lines.lines();
  }

  Step operand(String literal, String formatText) {
    FixedFormat format = FormatText.parse(formatText);
    if (literal.startsWith("raw:")) {
      CastValue.Word word = (CastValue.Word) CastValueText.parse(literal + "@" + formatText);
      return told(word.fixed(), "raw " + ExactText.elide(word.fixed().raw().toString()) + " of "
          + format + " = " + value(word.fixed()));
    }
    CastInput.Outcome cast = CastInput.cast(CastValueText.parse(literal), format);
    String note = cast.overflowed() ? ", overflowed" : cast.rounded() ? ", rounded" : "";
    Step step = told(cast.result(), ExactText.elide(literal) + " cast into " + format + ": raw "
        + ExactText.elide(cast.result().raw().toString()) + " = " + value(cast.result()) + note);
    String ofDouble = CastInput.ofDouble(literal, cast.result());
    if (!ofDouble.isEmpty()) {
      lines.entry("", ofDouble);
    }
    return step;
  }

  Step unary(String operator, Step x) {
    boolean negates = operator.equals("-");
    Fixed result = computed(negates ? x.value::negate : x.value::not);
    return told(result, operator + x.name + " is " + result.format() + ": "
        + (negates ? "W + 1, I + 1, signed" : "W and I of " + x.name + ", the default modes"),
        negates
            ? "-(" + value(x.value) + ") = " + word(result)
            : "~" + x.value.toBits() + " = " + result.toBits() + ", " + word(result));
  }

  Step shift(String operator, Step x, int bits) {
    Fixed result =
        operator.equals("<<") ? x.value.shiftLeft(bits) : x.value.shiftRight(bits);
    return told(result, x.name + " " + operator + " " + bits + " is " + result.format()
        + ", the type of " + x.name + ": neither rounded nor saturated",
        BitText.bits(x.value.format(), x.value.raw()) + " becomes "
            + BitText.bits(result.format(), result.raw()) + ", " + word(result));
  }

  Step binary(String operator, Step x, Step y) {
    Fixed a = x.value;
    Fixed b = y.value;
    Fixed result = computed(() -> switch (operator) {
      case "+" -> a.plus(b);
      case "-" -> a.minus(b);
      case "*" -> a.times(b);
      case "/" -> a.dividedBy(b);
      case "&" -> a.and(b);
      case "|" -> a.or(b);
      default -> a.xor(b);
    });
    return told(result,
        x.name + " " + operator + " " + y.name + " is " + result.format() + ": " + rule(operator),
        value(a) + " " + operator + " " + (b.raw().signum() < 0 ? "(" + value(b) + ")" : value(b))
            + " = " + word(result));
  }

  /** Returns how C++ finds W, I and the sign of a result. */
  private static String rule(String operator) {
    return switch (operator) {
      case "*" -> "W = W1 + W2, I = I1 + I2, signed if one is";
      case "/" -> "W = W1 + max(F2, 0) + S2, I = I1 + F2 + S2, signed if one is";
      case "+" -> "I = max(I1, I2) + 1, F = max(F1, F2), signed if one is" + MIXED;
      case "-" -> "I = max(I1, I2) + 1, F = max(F1, F2), signed" + MIXED;
      default -> "I = max(I1, I2), F = max(F1, F2), signed if one is" + MIXED;
    };
  }

  private static Fixed computed(Supplier<Fixed> operation) {
    try {
      return operation.get();
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private Step told(Fixed value, String... texts) {
    Step step = new Step("x" + ++count, value);
    for (int i = 0; i < texts.length; i++) {
      lines.entry(i == 0 ? step.name : "", texts[i]);
    }
    return step;
  }

  private static String value(Fixed x) {
    return ExactText.value(x.raw(), x.format().fractionBits());
  }

  private static String word(Fixed x) {
    return value(x) + ", raw " + ExactText.elide(x.raw().toString());
  }
}
