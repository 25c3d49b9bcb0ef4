package io.fixlane.cli.search;

import io.fixlane.autograd.search.Front;
import io.fixlane.autograd.search.TrialCost;
import io.fixlane.autograd.search.TrialResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a search came to, in sentences. */
final class Summary {
  private static final double CLOSE = 0.01;

  private Summary() {}

  static List<String> sentences(SearchFile file) {
    List<TrialResult> latest = file.result().latest();
    List<String> sentences = new ArrayList<>();
    sentences.add("The float network puts " + percent(file.floatAccuracy())
        + " of the images to choose by in the right class, and " + percent(file.floatTestAccuracy())
        + " of the test images.");
    if (latest.isEmpty()) {
      sentences.add("No trial came to a network.");
      return sentences;
    }
    TrialResult best = latest.stream()
        .min(Comparator.comparingDouble((TrialResult result) -> -result.accuracy())
            .thenComparingLong(result -> result.costOrThrow().macBits()))
        .orElseThrow();
    sentences.add("The most accurate network is " + Titles.of(best.trial()) + ": "
        + accuracies(best) + ".");
    latest.stream().filter(result -> result.accuracy() >= file.floatAccuracy() - CLOSE)
        .min(Comparator.comparingLong(result -> result.costOrThrow().macBits()))
        .ifPresent(result -> sentences.add("The cheapest one within a point of float is "
            + Titles.of(result.trial()) + ": " + accuracies(result) + ", in "
            + count(result.costOrThrow().bytes()) + " bytes."));
    List<TrialResult> front = Front.of(latest, TrialCost::macBits);
    sentences.add(file.best().size() + " of " + latest.size()
        + " networks are beaten by none in accuracy and every cost; " + front.size()
        + " of these lie on the front of accuracy over MACs x bits.");
    long sound = file.result().all().stream()
        .filter(result -> result.succeeded() && result.gaveSameWords()).count();
    sentences.add(sound + " of "
        + file.result().all().stream().filter(TrialResult::succeeded).count()
        + " integer networks give every word of their training on all "
        + count(latest.getFirst().testImages()) + " test images.");
    long failed = file.result().all().stream().filter(result -> !result.succeeded()).count();
    if (failed > 0) {
      sentences.add(failed + " trials failed: the page says why.");
    }
    return sentences;
  }

  private static String accuracies(TrialResult result) {
    return percent(result.accuracy()) + " of the images to choose by, "
        + percent(result.testAccuracy()) + " of the test images";
  }

  static String percent(double part) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * part);
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
