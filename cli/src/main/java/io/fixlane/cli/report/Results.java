package io.fixlane.cli.report;

import io.fixlane.cli.bench.BenchFile;
import io.fixlane.cli.bench.BenchResult;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What sections look for.
 *
 * @param file all of it
 */
record Results(BenchFile file) {
  /** Orders sizes as numbers. */
  static Comparator<BenchResult> bySize(String parameter) {
    return Comparator.comparingInt(result -> result.count(parameter));
  }

  List<BenchResult> all() {
    return file.results();
  }

  /** Returns the results of a class. */
  List<BenchResult> of(String type) {
    return all().stream().filter(result -> result.type().equals(type)).toList();
  }

  /** Returns the results of a method. */
  List<BenchResult> named(String name) {
    return all().stream().filter(result -> result.name().equals(name)).toList();
  }

  /** Returns the score of the first of a method, if there is one. */
  Optional<Double> score(String name) {
    return named(name).stream().map(BenchResult::score).findFirst();
  }

  /** Returns a constant's name as words: {@code S8_DEPTHWISE_128} as {@code s8 depthwise 128}. */
  static String words(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Returns the command that measures what a pattern finds, and writes the page again. */
  static String command(String pattern) {
    return "fixlane bench --full --only '" + pattern + "' && fixlane report";
  }
}
