package io.fixlane.cli.experiments;

import io.fixlane.autograd.models.Model;
import io.fixlane.cli.console.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose rows: which are computed at this start, and not what they come to. */
final class Choice {
  @Option(
      names = "--only",
      paramLabel = "1..6",
      split = ",",
      description = "Only these experiments (default: all).")
  private @Nullable List<Integer> only;

  @Option(
      names = "--models",
      paramLabel = "NAME",
      split = ",",
      description = "Only these networks (default: all that the experiments compare).")
  private @Nullable List<Model> models;

  @Option(
      names = "--bits",
      paramLabel = "W",
      split = ",",
      description = "Only float and these W (default: all that the experiments compare).")
  private @Nullable List<Integer> bits;

  /**
   * Returns the experiments.
   *
   * @throws UserError if there is no such experiment
   */
  Set<Integer> experiments() {
    if (only == null) {
      return Grid.EXPERIMENTS;
    }
    for (int experiment : only) {
      if (!Grid.EXPERIMENTS.contains(experiment)) {
        throw new UserError(
            "--only is " + experiment + ": it must be in 1.." + Grid.EXPERIMENTS.size());
      }
    }
    return new TreeSet<>(only);
  }

  /**
   * Checks that the experiments have what is chosen.
   *
   * @throws UserError if they do not
   */
  void require(Budget budget) {
    List<Model> known = new ArrayList<>(budget.models());
    known.add(budget.binarised());
    known.add(Grid.SMALL);
    requireAmong("--models", models, known);
    Set<Integer> widths = new TreeSet<>(budget.bits());
    widths.addAll(budget.costBits());
    requireAmong("--bits", bits, List.copyOf(widths));
  }

  private static <T> void requireAmong(String option, @Nullable List<T> chosen, List<T> known) {
    for (T one : chosen == null ? List.<T>of() : chosen) {
      if (!known.contains(one)) {
        throw new UserError(option + " is " + one + ": these experiments have " + known);
      }
    }
  }

  /** Returns whether a row is chosen. */
  boolean has(Row row) {
    return (models == null || models.contains(row.model()))
        && (bits == null || row.bits() == 0 || bits.contains((int) row.costBits()));
  }
}
