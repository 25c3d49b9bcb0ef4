package io.fixlane.cli.cast;

import io.fixlane.cli.cast.ExpressionSteps.Step;
import io.fixlane.cli.console.UserError;
import io.fixlane.cli.text.ExactText;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an expression over ap_fixed values, with the operators of C++ and their precedence, and
 * computes it step by step.
 *
 * <p>An operand is {@code VALUE@FORMAT}: the value cast into the format. A minus sign in front of a
 * digit belongs to the value; elsewhere it is the operator. Shifts take an integer on their right.
 */
final class CastExpression {
  /** Binary operators by precedence, the weakest first. */
  private static final List<Pattern> BINARY = List.of(
      Pattern.compile("\\|"), Pattern.compile("\\^"), Pattern.compile("&"),
      Pattern.compile("<<|>>"), Pattern.compile("[+-]"), Pattern.compile("[*/]"));

  private static final int SHIFTS = 3;
  private static final Pattern UNARY = Pattern.compile("~|-(?![.0-9])");
  private static final Pattern TIGHTER = Pattern.compile("(?=[-+*/])");
  private static final Pattern COUNT = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern OPERAND =
      Pattern.compile("([^@\\s()]+)\\s*@\\s*(\\w+\\s*(?:<[^<>]*>)?)");
  private static final Pattern BLANKS = Pattern.compile("\\s*");

  /** Deeper ones would fill the stack. */
  private static final int MAX_DEPTH = 100;

  private final String text;
  private final ExpressionSteps steps = new ExpressionSteps();
  private int at;
  private int depth;

  private CastExpression(String text) {
    this.text = text;
  }

  /**
   * Computes an expression.
   *
   * @throws UserError if the text is none, or an operator has no result
   */
  static CastInput parse(String text) {
    CastExpression expression = new CastExpression(text);
    Step result = expression.binary(0);
    if (expression.at < text.length()) {
      throw expression.error("an operator: one of + - * / & | ^ << >>");
    }
    return new CastInput(text, new CastValue.Word(result.value()), expression.steps.lines());
  }

  private Step binary(int level) {
    if (level == BINARY.size()) {
      return unary();
    }
    Step left = binary(level + 1);
    for (String operator = next(BINARY.get(level)); operator != null; operator =
        next(BINARY.get(level))) {
      left = level == SHIFTS
          ? steps.shift(operator, left, count())
          : steps.binary(operator, left, binary(level + 1));
    }
    return left;
  }

  private int count() {
    String digits = next(COUNT);
    int bits;
    try {
      bits = Integer.parseInt(digits == null ? "" : digits);
    } catch (NumberFormatException e) {
      throw error("the number of bits to shift by, an integer of 32 bits");
    }
    if (next(TIGHTER) != null) {
      throw error("an integer alone to shift by: + - * / bind tighter than a shift, which needs"
          + " parentheses here");
    }
    return bits;
  }

  private Step unary() {
    if (++depth > MAX_DEPTH) {
      throw error("at most " + MAX_DEPTH + " nested operators and parentheses");
    }
    String operator = next(UNARY);
    Step step = operator == null ? primary() : steps.unary(operator, unary());
    depth--;
    return step;
  }

  private Step primary() {
    if (next(Pattern.compile("\\(")) != null) {
      Step inner = binary(0);
      if (next(Pattern.compile("\\)")) == null) {
        throw error("')'");
      }
      return inner;
    }
    Matcher operand = OPERAND.matcher(text).region(at, text.length());
    if (!operand.lookingAt()) {
      throw error("an operand with its format, such as 0.3@ap_fixed<8,3> or"
          + " raw:-5@ap_fixed<6,2>");
    }
    advance(operand);
    return steps.operand(operand.group(1), operand.group(2).strip());
  }

  /** Returns what stands next, if it is of this kind, and goes on behind it. */
  private @Nullable String next(Pattern pattern) {
    advance(BLANKS.matcher(text).region(at, text.length()));
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    return advance(matcher) ? matcher.group() : null;
  }

  private boolean advance(Matcher matcher) {
    boolean found = matcher.lookingAt();
    at = found ? matcher.end() : at;
    return found;
  }

  private UserError error(String expected) {
    return new UserError("'" + ExactText.elide(text) + "', column " + (at + 1) + ": expected "
        + expected);
  }
}
