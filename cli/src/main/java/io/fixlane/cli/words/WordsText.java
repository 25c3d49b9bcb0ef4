package io.fixlane.cli.words;

import io.fixlane.cli.console.TextTable;
import io.fixlane.cli.text.BitText;
import io.fixlane.cli.text.ExactText;
import io.fixlane.cli.words.file.WordStatistics;
import io.fixlane.format.FixedFormat;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is told of words, and of what they were cast into. */
final class WordsText {
  private final FixedFormat from;
  private final FixedFormat to;
  private final int maxWords;
  private final WordStatistics originals;
  private final WordStatistics results;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> casts = new ArrayList<>();
  private String description = "";

  WordsText(FixedFormat from, FixedFormat to, int maxWords) {
    this.from = from;
    this.to = to;
    this.maxWords = maxWords;
    originals = new WordStatistics(from);
    results = isCast() ? new WordStatistics(to) : originals;
    rows.add(isCast()
        ? List.of("word", "from raw", "value", "raw", "hex", "value")
        : List.of("word", "raw", "hex", "value"));
  }

  private boolean isCast() {
    return !from.equals(to);
  }

  /** Takes a word and what it was cast into. */
  void add(BigInteger original, BigInteger result) {
    originals.add(original);
    if (isCast()) {
      results.add(result);
    }
    if (rows.size() <= maxWords) {
      List<String> row = new ArrayList<>(List.of("[" + (originals.words() - 1) + "]"));
      if (isCast()) {
        row.add(ExactText.elide(original.toString()));
        row.add(ExactText.value(original, from.fractionBits()));
      }
      row.add(ExactText.elide(result.toString()));
      row.add(ExactText.elide(String.join("", BitText.hex(to, result))));
      row.add(ExactText.value(result, to.fractionBits()));
      rows.add(row);
    }
  }

  /** Takes what is known at the end. */
  void end(String newDescription, CastWords words) {
    description = newDescription;
    if (isCast()) {
      casts.add("cast into " + to + ": " + number(words.overflowed()) + " overflowed, "
          + number(words.inexact()) + " lost bits");
    }
  }

  /** Returns what is known of the words, cast where they are. */
  WordStatistics result() {
    return results;
  }

  void print(String file, PrintWriter out) {
    out.println(file + ": " + description);
    print(from, originals, out);
    casts.forEach(out::println);
    if (isCast()) {
      print(to, results, out);
    }
    if (rows.size() > 1) {
      out.println();
      new TextTable(1, rows).lines().forEach(out::println);
    }
    long left = originals.words() - (rows.size() - 1);
    if (left > 0 && maxWords > 0) {
      out.println("and " + number(left) + " more: see --max-words");
    }
  }

  private static void print(FixedFormat format, WordStatistics words, PrintWriter out) {
    if (words.words() == 0) {
      out.println("  no words");
      return;
    }
    out.println("  " + number(words.words()) + " words of " + format + ": " + words.smallest()
        + " to " + words.largest() + ", " + words.share() + " zeros, " + words.bits() + " of "
        + format.width() + " bits"
        + (words.narrowest().isEmpty() ? "" : ": each is one of " + words.narrowest()));
    out.println("  " + words.histogram() + " from " + ExactText.value(format.minRaw(),
        format.fractionBits()) + " to " + ExactText.value(format.maxRaw(), format.fractionBits()));
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
