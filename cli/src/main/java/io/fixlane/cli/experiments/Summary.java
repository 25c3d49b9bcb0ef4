package io.fixlane.cli.experiments;

import io.fixlane.autograd.models.Model;
import io.fixlane.format.KHotRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the results say, in sentences: each figure and each verdict is computed from them. */
final class Summary {
  /** What K-hot scales may cost, in points. */
  static final double K_HOT_LIMIT = 0.4;

  private Summary() {}

  static List<String> sentences(Results results) {
    List<String> sentences = new ArrayList<>();
    twins(results, sentences);
    for (Model model : results.budget().models()) {
      for (Scope scope : Grid.SCOPES) {
        methods(results, model, scope, sentences);
      }
      byHand(results, model, sentences);
      byChannel(results, model, sentences);
    }
    kHot(results, sentences);
    ablations(results, sentences);
    add("Every I tried", new PointFigures(results).parts(), sentences);
    widths(results, sentences);
    folds(results, sentences);
    words(results, sentences);
    results.tasks().stream().filter(task -> task.failure() != null).forEach(task -> sentences.add(
        task.row().title() + ", seed " + task.seed() + " failed: " + task.failure() + "."));
    return sentences;
  }

  private static void twins(Results results, List<String> sentences) {
    List<TwinResult> wide = results.twins().stream().filter(TwinResult::isWiderInside).toList();
    if (!wide.isEmpty()) {
      long within = wide.stream().filter(TwinResult::isWithinAStep).count();
      sentences.add("The fixed-point twin of a batch normalisation agrees with float, forward and "
          + "in all gradients, within a step of its output's format in " + within + " of "
          + wide.size() + " formats.");
    }
  }

  private static void methods(
      Results results, Model model, Scope scope, List<String> sentences) {
    List<String> parts = new ArrayList<>();
    for (int bits : results.budget().bits()) {
      Row learned = Row.fixed(model, Method.LEARNED, scope, bits);
      Row pinned = Row.fixed(model, Method.PINNED, scope, bits);
      Optional<String> beside = compare(results, learned, pinned);
      best(results, model, scope, bits, Method.PTQ, Method.PTQ_SETTLED)
          .flatMap(ptq -> compare(results, learned, ptq))
          .ifPresent(above -> beside.ifPresent(other -> parts.add("at W = " + bits
              + " QFX with learned I " + above + " the better PTQ and " + other + " pinned I")));
    }
    add(Row.name(model) + ", W bits in " + scope.title(), parts, sentences);
  }

  /** Compares learned I with the one type for everything that is found by hand. */
  private static void byHand(Results results, Model model, List<String> sentences) {
    List<String> parts = new ArrayList<>();
    for (int bits : results.budget().bits()) {
      Row row = Row.fixed(model, Method.LEARNED, Scope.EVERYTHING, bits);
      Row trained =
          Row.fixed(model, Method.UNIFORM_TRAINED, Scope.EVERYTHING, bits).withStart(Start.BY_HAND);
      Row cast = Row.fixed(model, Method.UNIFORM, Scope.EVERYTHING, bits);
      compare(results, row, trained).ifPresent(verdict -> compare(results, row, cast).ifPresent(
          other -> parts.add("at W = " + bits + " learned I " + verdict
              + " one type that is trained in and " + other + " one that is cast into")));
    }
    add(Row.name(model) + ", the best type by hand for everything", parts, sentences);
  }

  /** Compares an I for each channel of the weights with one for all. */
  private static void byChannel(Results results, Model model, List<String> sentences) {
    List<String> parts = new ArrayList<>();
    for (int bits : results.budget().bits()) {
      for (Method method : List.of(Method.PTQ_SETTLED, Method.PINNED, Method.LEARNED)) {
        Row row = Row.fixed(model, method, Scope.EVERYTHING, bits);
        compare(results, row.with(Setting.CHANNEL_POINTS), row).ifPresent(verdict -> parts.add(
            "at W = " + bits + ", " + method.title() + ", it " + verdict + " one for all"));
      }
    }
    add(Row.name(model) + ", an I for each channel of the weights", parts, sentences);
  }

  /** Compares two rows in the seeds that both have. */
  private static Optional<String> compare(Results results, Row one, Row other) {
    return results.accuracyBeside(one, other).flatMap(spread -> results.accuracyBeside(other, one)
        .map(second -> verdict(spread, second)));
  }

  private static void add(String what, List<String> parts, List<String> sentences) {
    if (!parts.isEmpty()) {
      sentences.add(what + ": " + String.join("; ", parts) + ".");
    }
  }

  /** Returns the row of the highest mean. */
  private static Optional<Row> best(
      Results results, Model model, Scope scope, int bits, Method... methods) {
    return Arrays.stream(methods).map(method -> Row.fixed(model, method, scope, bits))
        .filter(row -> results.accuracy(row).isPresent())
        .max(Comparator.comparing(row -> results.accuracy(row).orElseThrow().mean()));
  }

  /**
   * Compares means: they differ where they are farther apart than twice the error of that, which
   * one seed does not tell.
   */
  static String verdict(Spread one, Spread other) {
    double difference = one.mean() - other.mean();
    String points = Spread.number(Math.abs(difference)) + " points";
    if (one.count() == 1 || other.count() == 1) {
      return "is, of one seed, " + points + (difference < 0 ? " below" : " above");
    }
    if (Math.abs(difference) <= 2 * one.errorOfDifference(other)) {
      return "is not clearly apart from (" + (difference < 0 ? "-" : "+") + points + ")";
    }
    return difference > 0 ? "beats by " + points : "loses by " + points + " to";
  }

  private static void kHot(Results results, List<String> sentences) {
    Optional<Spread> full = results.accuracy(Grid.multipliers(results.budget()));
    if (full.isEmpty()) {
      return;
    }
    List<String> parts = new ArrayList<>();
    for (int k : Grid.KS) {
      for (KHotRule rule : KHotRule.values()) {
        results.accuracy(Grid.multipliers(results.budget()).withKHot(k, rule))
            .ifPresent(one -> parts.add(
                k + "-hot " + rule + " " + signed(one.mean() - full.get().mean())));
      }
    }
    long within = Arrays.stream(KHotRule.values())
        .map(rule -> results.accuracy(Grid.multipliers(results.budget()).withKHot(2, rule)))
        .flatMap(Optional::stream)
        .filter(one -> full.get().mean() - one.mean() <= K_HOT_LIMIT).count();
    sentences.add("Binarised network, points of accuracy against full multipliers ("
        + full.get().text() + " %): " + String.join(", ", parts) + ". In 2-hot, " + within + " of "
        + KHotRule.values().length + " rules lose no more than " + K_HOT_LIMIT + " points.");
  }

  /** Compares learned widths with one W of the same cost. */
  private static void widths(Results results, List<String> sentences) {
    List<String> parts = new ArrayList<>();
    for (Grid.AtCost cost : Grid.widths(results.budget())) {
      Row uniform = cost.uniform();
      compare(results, cost.learned(), uniform).ifPresent(verdict -> parts.add(
          "at the cost of W = " + uniform.bits() + " what is learned " + verdict
              + " W = " + uniform.bits() + " everywhere"
              + compare(results, cost.byChannel(), uniform)
                  .map(byChannel -> ", by channel " + byChannel + " it").orElse("")
              + compare(results, cost.descent(), uniform)
                  .map(descent -> ", and one W that comes down " + descent + " it").orElse("")));
    }
    add("Learned widths", parts, sentences);
  }

  /** Compares folded norms, a teacher, and wider scores with norms as they are and with float. */
  private static void folds(Results results, List<String> sentences) {
    List<String> parts = new ArrayList<>();
    for (int bits : results.budget().bits()) {
      List<Row> rows = Grid.folds(results.budget(), bits);
      Row narrow = rows.get(rows.size() - 4);
      besideOwnNorms(results, narrow).ifPresent(verdict -> parts.add("at W = " + bits
          + " the network " + verdict + rows.subList(rows.size() - 3, rows.size()).stream()
              .filter(row -> !row.equals(narrow)).distinct()
              .flatMap(row -> besideOwnNorms(results, row).stream().map(other -> "; with "
                  + wide(row) + " of " + Scope.OTHERS + " bits it " + other))
              .collect(Collectors.joining())));
    }
    add("Folded norms, W bits in everything, an I by channel of weights and a teacher", parts,
        sentences);
  }

  private static String wide(Row row) {
    if (row.has(Setting.WIDE_ADDENDS)) {
      return row.has(Setting.WIDE_INPUT) ? "scores, addends and input" : "scores and addends";
    }
    return row.has(Setting.WIDE_INPUT) ? "scores and input" : "scores";
  }

  private static Optional<String> besideOwnNorms(Results results, Row row) {
    Row base = Row.fixed(row.model(), Method.LEARNED, Scope.EVERYTHING, row.bits());
    return compare(results, row, base).map(verdict -> verdict + " norms as they are"
        + compare(results, row, Row.inFloat(row.model(), Method.FLOAT))
            .map(floats -> ", and " + floats + " float").orElse(""));
  }

  private static String signed(double points) {
    return (points < 0 ? "" : "+") + Spread.number(points);
  }

  private static void ablations(Results results, List<String> sentences) {
    Row base = Grid.ablated(results.budget());
    List<Row> rows = Grid.ablations(results.budget()).stream().distinct()
        .filter(row -> results.accuracy(row).isPresent()).toList();
    Optional<Row> best =
        rows.stream().reduce((one, other) -> results.accuracy(one).orElseThrow().mean() >= results
            .accuracy(other).orElseThrow().mean() ? one : other);
    if (best.isPresent() && rows.size() > 1 && rows.contains(base)) {
      Row row = best.get();
      sentences.add("Ablations at W = " + base.bits() + " in " + base.scope().title()
          + ": the default, " + setting(base) + ", reaches "
          + results.accuracy(base).orElseThrow().text() + " %; the best of all is "
          + setting(row) + " with " + results.accuracy(row).orElseThrow().text() + " %.");
    }
  }

  /** Returns the settings that the ablations change. */
  static String setting(Row row) {
    return row.gradient().name().toLowerCase(Locale.ROOT) + " gradients, start "
        + row.start().title() + ", rate of I " + row.pointRate()
        + (row.has(Setting.FREEZING) ? ", an I that swings stays" : "");
  }

  private static void words(Results results, List<String> sentences) {
    List<TaskResult> checked =
        results.tasks().stream().filter(task -> task.words() != null).toList();
    if (checked.isEmpty()) {
      return;
    }
    long same = checked.stream().mapToLong(task -> task.words().same()).sum();
    long samples = checked.stream().mapToLong(task -> task.words().samples()).sum();
    sentences.add("Deployed networks gave the words of the training network on " + same + " of "
        + samples + " test samples, in " + checked.size() + " networks.");
  }

  /** Returns whether nothing failed and every deployed network gave the same words. */
  static boolean isSound(Results results) {
    return results.tasks().stream().allMatch(task -> task.failure() == null
        && (task.words() == null || task.words().same() == task.words().samples()))
        && results.twins().stream().filter(TwinResult::isWiderInside)
            .allMatch(TwinResult::isWithinAStep);
  }
}
