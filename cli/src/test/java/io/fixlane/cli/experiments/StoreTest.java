package io.fixlane.cli.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.autograd.models.Model;
import io.fixlane.cli.console.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept stays, in the order of the experiments, where rows come to the same. */
class StoreTest {
  private static final Budget QUICK = Budget.quick("digits");

  @TempDir
  private Path folder;

  private Store open(Budget budget) {
    Results kept = Fixture.results();
    return Store.open(folder, new Results(kept.command(), "", kept.machine(), kept.images(), budget,
        1, 0, List.of(), List.of()), "page.html");
  }

  private static TaskResult result(int bits, int seed) {
    return Fixture.result(Fixture.row(Model.CNN, Method.PINNED, bits), seed, 0.5);
  }

  @Test
  void resultsAreInTheOrderOfTheExperiments() {
    Store store = open(QUICK);
    store.keep(result(4, 1));
    store.keep(result(8, 1));
    assertThat(open(QUICK).results().tasks()).containsExactly(result(8, 1), result(4, 1));
    store.forget(result(8, 1).task());
    assertThat(open(QUICK).results().tasks()).containsExactly(result(4, 1));
    assertThat(store.find(result(8, 1).task())).isEmpty();
  }

  @Test
  void otherRowsGoOnAndOtherResultsDoNot() throws IOException {
    Files.write(folder.resolve(Results.FILE), Fixture.results().json());
    Budget more = new Budget(QUICK.data(), QUICK.trainImages(), QUICK.testImages(),
        QUICK.curveImages(), QUICK.startEpochs(), QUICK.epochs(), QUICK.settledEpochs(),
        QUICK.widthEpochs(),
        QUICK.batchSize(), QUICK.settleImages(), QUICK.startRate(), QUICK.rate(),
        QUICK.augmentation(), List.of(Model.CNN), QUICK.binarised(), List.of(8, 4, 2),
        List.of(2), List.of(), QUICK.least(), QUICK.most());
    Results results = open(more).results();
    assertThat(results.budget()).isEqualTo(more);
    assertThat(results.tasks()).isEqualTo(Fixture.results().tasks());
    assertThat(results.seeds()).isEqualTo(2);
    assertThatThrownBy(() -> open(QUICK.withTrainImages(799))).isInstanceOf(UserError.class)
        .hasMessageContaining("it holds results of other settings");
  }
}
