package io.fixlane.cli.cast;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.reference.ReferenceCast;
import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The formulas shown are those the reference follows: each is evaluated as it stands, on every bit
 * pattern.
 */
class QuantizationRuleTest {
  @ParameterizedTest
  @EnumSource(QuantizationMode.class)
  void theWorkedFormulaGivesTheIncrement(QuantizationMode mode) {
    FixedFormat target = FixedFormat.signed(8, 8, mode, OverflowMode.AP_WRAP);
    for (int v = -64; v < 64; v++) {
      ReferenceCast cast = ReferenceCast.of(BigInteger.valueOf(v), 3, target);
      String[] parts = QuantizationRule.worked(cast).split(" = ");
      assertThat(parts[0]).isEqualTo(QuantizationRule.formula(mode));
      for (int i = mode == QuantizationMode.AP_TRN ? 0 : 1; i < parts.length; i++) {
        assertThat(evaluate(parts[i])).as("%s of %d", parts[i], v).isEqualTo(cast.increment());
      }
    }
  }

  /**
   * Evaluates a formula of 0, 1, !, &amp;, | and parentheses by rewriting it until one digit is
   * left.
   */
  static boolean evaluate(String formula) {
    String before = "";
    String text = formula.replace(" ", "");
    while (!text.equals(before)) {
      before = text;
      text = text.replace("!0", "1").replace("!1", "0").replaceAll("\\(([01])\\)", "$1")
          .replaceAll("0&[01]|[01]&0", "0").replace("1&1", "1")
          .replaceAll("(?<!&)1\\|[01](?!&)|(?<!&)[01]\\|1(?!&)", "1")
          .replaceAll("(?<!&)0\\|0(?!&)", "0");
    }
    assertThat(text).as(formula).matches("[01]");
    return text.equals("1");
  }
}
