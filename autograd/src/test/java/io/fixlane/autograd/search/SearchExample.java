package io.fixlane.autograd.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the documentation of {@link Search}. */
class SearchExample {
  @Test
  void search(@TempDir Path folder) throws IOException, InterruptedException {
    Ground ground = SmallSearch.ground();
    SearchSpace space = SmallSearch.SPACE;
    TrialStore store = new SmallSearch.Kept();
    // @start region="search"
    Halving halving = new Halving(4, 2);
    List<Trial> plan = space.grid(0, halving.epochs(0));
    SearchResult result;
    try (TrialRunner runner = new ThreadRunner(ground, 2, folder)) {
      result = new Search(plan, halving, store).run(runner);
    }
    List<TrialResult> front = Front.of(result.latest(), TrialCost::macBits);

    assertThat(front).allMatch(TrialResult::gaveSameWords);
    // @end
    assertThat(result.rungs()).extracting(SearchResult.Rung::epochs).containsExactly(2, 4);
  }
}
