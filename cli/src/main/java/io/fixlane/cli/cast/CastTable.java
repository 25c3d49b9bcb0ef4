package io.fixlane.cli.cast;

import io.fixlane.cli.console.TextTable;
import io.fixlane.cli.text.BitText;
import io.fixlane.cli.text.ExactText;
import io.fixlane.format.FixedFormat;
import io.fixlane.reference.Fixed;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Many values cast through a chain of formats: a row for each, with its last word. */
final class CastTable {
  private static final int LEFT_ALIGNED = 1;

  private final List<FixedFormat> targets;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  CastTable(List<FixedFormat> targets) {
    this.targets = targets;
    rows.add(List.of("cast", "raw", "hex", "value"));
    notes.add("");
  }

  void add(CastInput input) {
    CastValue value = input.value();
    List<String> losses = new ArrayList<>();
    Fixed result = null;
    for (int i = 0; i < targets.size(); i++) {
      CastInput.Outcome outcome = CastInput.cast(value, targets.get(i));
      result = outcome.result();
      String where = targets.size() == 1 ? "" : " in cast " + (i + 1);
      if (outcome.overflowed()) {
        losses.add("overflow" + where);
      }
      if (outcome.rounded()) {
        losses.add("rounded" + where);
      }
      String ofDouble = i == 0 ? CastInput.ofDouble(input.text(), result) : "";
      if (!ofDouble.isEmpty()) {
        losses.add(ofDouble);
      }
      value = new CastValue.Word(result);
    }
    rows.add(List.of(
        ExactText.elide(input.text()),
        ExactText.elide(result.raw().toString()),
        ExactText.elide(String.join("", BitText.hex(result.format(), result.raw()))),
        ExactText.value(result.raw(), result.format().fractionBits())));
    notes.add(losses.isEmpty() ? "exact" : String.join("; ", losses));
  }

  void print(PrintWriter out) {
    List<String> lines = new TextTable(LEFT_ALIGNED, rows).lines();
    for (int i = 0; i < lines.size(); i++) {
      out.println((lines.get(i) + "  " + notes.get(i)).stripTrailing());
    }
  }
}
