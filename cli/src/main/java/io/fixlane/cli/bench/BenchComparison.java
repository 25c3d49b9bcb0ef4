package io.fixlane.cli.bench;

import io.fixlane.cli.page.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Results against those of another run.
 *
 * @param slower a line for each benchmark whose error bars lie beyond those of the baseline, on the
 *     slow side
 * @param compared how many benchmarks are in both
 * @param missing how many are not in the baseline
 */
record BenchComparison(List<String> slower, int compared, int missing) {

  static BenchComparison of(List<BenchResult> results, List<BenchResult> baseline) {
    Map<String, BenchResult> before = baseline.stream()
        .collect(Collectors.toMap(BenchResult::key, Function.identity(), (a, b) -> b));
    List<String> slower = new ArrayList<>();
    int compared = 0;
    for (BenchResult result : results) {
      BenchResult old = before.get(result.key());
      if (old == null || !old.unit().equals(result.unit())) {
        continue;
      }
      compared++;
      boolean slow = result.throughput() ? result.high() < old.low() : result.low() > old.high();
      if (slow) {
        slower.add(String.format(Locale.ROOT, "slower: %s: %s +- %s %s, where the baseline has "
            + "%s +- %s", result.key(), Numbers.measured(result.score()),
            Numbers.measured(result.error()), result.unit(), Numbers.measured(old.score()),
            Numbers.measured(old.error())));
      }
    }
    return new BenchComparison(slower, compared, results.size() - compared);
  }
}
