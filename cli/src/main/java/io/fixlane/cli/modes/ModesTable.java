package io.fixlane.cli.modes;

import io.fixlane.cli.cast.OverflowRule;
import io.fixlane.cli.cast.QuantizationRule;
import io.fixlane.format.FixedFormat;
import io.fixlane.reference.Fixed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The modes as text: what each does, its rule, and where it sends some values. */
final class ModesTable {
  private static final double[] FRACTIONS =
      {-2.5, -1.75, -1.5, -1.25, -0.5, -0.25, 0.25, 0.5, 1.25, 1.5, 1.75, 2.5};
  private static final double[] INTEGERS = {-24, -17, -16, -9, -8, -7, 7, 8, 9, 12, 15, 16, 23};
  private static final String NAME = "  %-15s ";

  private ModesTable() {}

  /** Returns the lines of the whole table. */
  static List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Quantization modes: what a cast does with the n bits it drops");
    lines.add("");
    lines.add("  t = the bits kept, qb = the first dropped bit, r = whether one below it is set,");
    lines.add("  s = whether the source is negative; the result is q = t + inc");
    lines.add("");
    lines.add(name("mode") + String.format(Locale.ROOT, "%-20s %s", "inc", "what it does"));
    for (ModeExample example : ModeExample.quantization()) {
      FixedFormat format = example.format();
      lines.add(name(example.name()) + String.format(Locale.ROOT, "%-20s %s",
          QuantizationRule.formula(format.quantization()), format.quantization().summary()));
    }
    lines.add("");
    examples(lines, ModeExample.quantization(), FRACTIONS,
        "cast into integers, ap_fixed<4,4,mode>:");
    lines.add("");
    lines.add("Overflow modes: what becomes of a q outside the destination's range");
    lines.add("");
    lines.add(name("mode") + "what becomes of q");
    for (ModeExample example : ModeExample.overflow()) {
      lines.add(name(example.name().replace("N=2", "N>1")) + OverflowRule.rule(example.format()));
    }
    lines.add(name("ap_ufixed:")
        + "AP_SAT_SYM is AP_SAT; AP_WRAP N>0 sets the top N bits; no AP_WRAP_SM");
    lines.add("");
    examples(lines, ModeExample.overflow(), INTEGERS,
        "cast into -8 .. 7, ap_fixed<4,4,AP_TRN,mode,N>:");
    return lines;
  }

  private static void examples(List<String> lines, List<ModeExample> examples, double[] values,
      String title) {
    lines.add("  " + title);
    StringBuilder head = new StringBuilder(name("from"));
    for (double value : values) {
      head.append(cell(BigDecimal.valueOf(value)));
    }
    lines.add(head.toString());
    for (ModeExample example : examples) {
      StringBuilder row = new StringBuilder(name(example.name()));
      for (double value : values) {
        row.append(cell(Fixed.of(value).cast(example.format()).toBigDecimal()));
      }
      lines.add(row.toString());
    }
  }

  private static String name(String name) {
    return String.format(Locale.ROOT, NAME, name);
  }

  private static String cell(BigDecimal value) {
    return String.format(Locale.ROOT, "%6s", value.stripTrailingZeros().toPlainString());
  }
}
