package io.fixlane.cli.show;

import io.fixlane.cli.console.TextTable;
import io.fixlane.cli.words.file.WordStatistics;
import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.FixedTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What there is to tell of several tensors, a row each. */
final class WordsTable {
  private static final int LEFT_ALIGNED = 4;

  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> histograms = new ArrayList<>();

  /** Begins a table, whose first column tells what the words are of. */
  WordsTable(String first) {
    rows.add(
        List.of(first, "words of", "shape", "fit in", "number", "min", "max", "zeros", "bits"));
    histograms.add("histogram over all words of the format");
  }

  void add(String what, FixedTensor words) {
    WordStatistics statistics = WordStatistics.of(words);
    FixedFormat format = words.format();
    rows.add(List.of(what, format.withDefaultModes().toString(), Arrays.toString(words.shape()),
        statistics.narrowest().isEmpty() ? "-" : statistics.narrowest(),
        String.format(Locale.ROOT, "%,d", words.size()), statistics.smallest(),
        statistics.largest(), statistics.share(), statistics.bits() + "/" + format.width()));
    histograms.add(statistics.histogram());
  }

  /** Returns the lines. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    TextTable table = new TextTable(LEFT_ALIGNED, rows);
    for (int row = 0; row < rows.size(); row++) {
      lines.add(table.line(row) + "  " + histograms.get(row));
    }
    return lines;
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }
}
