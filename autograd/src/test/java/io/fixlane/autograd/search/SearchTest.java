package io.fixlane.autograd.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.network.Network;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a search gives depends on its trials alone. */
class SearchTest {
  private static Ground ground;
  private static SmallSearch.Kept expected;
  private static SearchResult result;

  @TempDir
  private Path folder;

  @Nested
  class Example extends SearchExample {}

  @BeforeAll
  static void search(@TempDir Path folder) throws Exception {
    ground = SmallSearch.ground();
    expected = new SmallSearch.Kept();
    result = search(expected, new ThreadRunner(ground, 1, folder));
  }

  private static SearchResult search(TrialStore store, TrialRunner runner) throws Exception {
    try (runner) {
      return new Search(SmallSearch.plan(), SmallSearch.HALVING, store).run(runner);
    }
  }

  @Test
  void everyNetworkGivesTheWordsOfItsTraining() throws Exception {
    // Two widths, two K, both methods; then half of the four QFX trials for twice as long.
    assertThat(result.all()).hasSize(10)
        .allSatisfy(trial -> assertThat(trial.succeeded() && trial.gaveSameWords()).isTrue())
        .allSatisfy(trial -> assertThat(trial.testImages()).isEqualTo(100));
    assertThat(result.latest()).hasSize(8);
    for (TrialOutcome outcome : expected.outcomes.values()) {
      Network network = Network.fromBytes(outcome.network());
      TrialResult trial = outcome.result();
      assertThat(TrialCost.of(network, trial.trial().formats())).isEqualTo(trial.cost());
      assertThat(network.inputFormat().width()).isEqualTo(trial.trial().formats().bits());
    }
    assertThat(result.latest()).filteredOn(trial -> trial.trial().formats().kHot() > 0)
        .allMatch(trial -> trial.costOrThrow().multiplications() == 0);
  }

  @Test
  void threadsChangeNothing() throws Exception {
    SmallSearch.Kept kept = new SmallSearch.Kept();
    assertThat(search(kept, new ThreadRunner(ground, 3, folder))).isEqualTo(result);
    assertSame(kept);
    assertThat(folder).isEmptyDirectory();
  }

  private static void assertSame(SmallSearch.Kept kept) {
    assertThat(kept.outcomes.keySet()).isEqualTo(expected.outcomes.keySet());
    kept.outcomes.forEach((trial, outcome) -> assertThat(outcome.network()).as(trial.key())
        .isEqualTo(expected.outcomes.get(trial).network()));
  }

  /** A runner that fails after some trials, as one that is killed. */
  private record Failing(TrialRunner runner, AtomicInteger left) implements TrialRunner {
    @Override
    public void run(List<Trial> trials, Consumer<TrialOutcome> keep)
        throws IOException, InterruptedException {
      runner.run(trials, outcome -> {
        if (left.getAndDecrement() == 0) {
          throw new IllegalStateException("killed");
        }
        keep.accept(outcome);
      });
    }

    @Override
    public void close() {
      runner.close();
    }
  }

  @Test
  void aSearchThatStoppedGoesOnAndComputesNothingTwice() throws Exception {
    SmallSearch.Kept kept = new SmallSearch.Kept();
    for (int stop : new int[] {3, 4}) {
      Failing failing =
          new Failing(new ThreadRunner(ground, 2, folder), new AtomicInteger(stop));
      assertThatThrownBy(() -> search(kept, failing)).hasMessage("killed");
    }
    assertThat(kept.outcomes).hasSize(7);
    AtomicInteger computed = new AtomicInteger();
    ThreadRunner threads = new ThreadRunner(ground, 2, folder);
    assertThat(search(kept, new TrialRunner() {
      @Override
      public void run(List<Trial> trials, Consumer<TrialOutcome> keep)
          throws IOException, InterruptedException {
        computed.addAndGet(trials.size());
        threads.run(trials, keep);
      }

      @Override
      public void close() {
        threads.close();
      }
    })).isEqualTo(result);
    assertThat(computed).hasValue(3);
    assertSame(kept);
  }

  /** Where a training was killed between two steps, its checkpoint is what goes on. */
  @Test
  void aTrainingGoesOnFromItsCheckpoint() throws Exception {
    Trial trial = Trial.of(Method.QFX, Formats.ofBits(4), 1, 3);
    TrialRun run = new TrialRun(ground);
    TrialOutcome whole = run.compute(trial);
    Path checkpoint = folder.resolve("trial.ckpt");
    TrialOutcome first = run.compute(trial, checkpoint);
    assertThat(checkpoint).isNotEmptyFile();
    TrialOutcome second = run.compute(trial, checkpoint);
    for (TrialOutcome outcome : List.of(first, second)) {
      assertThat(outcome.result()).isEqualTo(whole.result());
      assertThat(outcome.network()).isEqualTo(whole.network());
    }
    assertThatThrownBy(() -> run.compute(trial.withEpochs(2), checkpoint))
        .isInstanceOf(IOException.class).hasMessageContaining("it is of another training");
    Files.delete(checkpoint);
  }

  /** What an executor far away computes. */
  @Test
  void theGroundTravels() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(ground);
      out.writeObject(SmallSearch.plan().getLast());
    }
    TrialOutcome outcome;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      TrialRun run = new TrialRun((Ground) in.readObject());
      outcome = run.compute((Trial) in.readObject());
    }
    TrialOutcome here = expected.outcomes.get(SmallSearch.plan().getLast());
    assertThat(outcome.result()).isEqualTo(here.result());
    assertThat(outcome.network()).isEqualTo(here.network());
  }

  @Test
  void whatDivergesIsAResult() throws Exception {
    Ground hot = SmallSearch.ground(Float.MAX_VALUE);
    TrialOutcome outcome =
        new TrialRun(hot).compute(Trial.of(Method.QFX, Formats.ofBits(6), 1, 1));
    assertThat(outcome.result().succeeded()).isFalse();
    assertThat(outcome.result().failure()).contains("diverged");
    assertThat(outcome.network()).isEmpty();
    assertThatThrownBy(outcome.result()::costOrThrow).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aTrialHasTheSameSeedInAnySearch() {
    Trial alone = Trial.of(Method.QFX, Formats.ofBits(5), 7, 1);
    assertThat(SmallSearch.plan()).contains(alone);
    assertThat(SmallSearch.plan()).extracting(Trial::seed).doesNotHaveDuplicates();
    assertThat(Trial.of(Method.QFX, Formats.ofBits(5), 8, 1).seed()).isNotEqualTo(alone.seed());
    assertThatThrownBy(() -> new Trial(Method.PTQ, Formats.ofBits(5), 7, 1))
        .hasMessage("epochs is 1 with PTQ: it must be 0 with PTQ, and at least 1 with QFX");
  }

  @Test
  void aRandomPlanIsAPartOfTheGrid() {
    List<Trial> grid = SmallSearch.SPACE.grid(3, 1);
    List<Trial> drawn = SmallSearch.SPACE.random(5, 3, 1);
    assertThat(drawn).hasSize(5).isSubsetOf(grid).isEqualTo(SmallSearch.SPACE.random(5, 3, 1));
    assertThat(SmallSearch.SPACE.random(100, 3, 1)).isEqualTo(grid);
  }
}
