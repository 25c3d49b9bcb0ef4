package io.fixlane.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.models.Model;
import io.fixlane.autograd.search.Ground;
import io.fixlane.autograd.search.SearchResult;
import io.fixlane.autograd.search.TrialRunner;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two executors, each a process, one of which is killed in the middle: nothing is lost. */
class LostExecutorTest {
  @TempDir
  private Path folder;

  private SparkSession session;
  private final Losses losses = new Losses();

  /** What Spark has noticed. */
  private static final class Losses extends SparkListener {
    final AtomicInteger ended = new AtomicInteger();
    final Set<String> removed = ConcurrentHashMap.newKeySet();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      ended.incrementAndGet();
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved executor) {
      removed.add(executor.executorId());
    }
  }

  @BeforeEach
  void start() {
    session = Sessions.cluster(2, 1);
    session.sparkContext().addSparkListener(losses);
  }

  @AfterEach
  void stop() {
    session.stop();
  }

  private static void kill() {
    List<ProcessHandle> executors = Sessions.executors();
    assertThat(executors).hasSizeGreaterThanOrEqualTo(2);
    // On Linux and macOS it is kill -9.
    assertThat(executors.getFirst().destroyForcibly()).isTrue();
  }

  @Test
  void aSearchGivesTheSame() throws Exception {
    Ground ground = SmallSearch.ground(Model.MLP);
    SearchResult[] expected = new SearchResult[1];
    SmallSearch here = SmallSearch.here(ground, folder, expected);
    SmallSearch there = new SmallSearch(count -> {
      if (count == 3) {
        kill();
      }
    });
    try (TrialRunner runner = new SparkRunner(session.sparkContext(), ground, () -> {})) {
      assertThat(there.run(runner)).isEqualTo(expected[0]);
    }
    assertThat(there.hasNetworksOf(here)).isTrue();
    assertThat(losses.removed).isNotEmpty();
  }

  @Test
  void inferenceGivesTheSame() throws Exception {
    Network network = DigitRows.network(Model.CNN);
    FixedTensor expected = DigitRows.words(network);
    int[] classes = network.classify(FixedTensor.quantize(network.inputFormat(),
        DigitRows.DIGITS.images(), DigitRows.DIGITS.size(), 8, 8, 1));
    int count = 6_000;
    Thread killer = Thread.ofPlatform().start(() -> {
      while (losses.ended.get() < 8) {
        LockSupport.parkNanos(1_000_000);
      }
      kill();
    });
    FixlaneModelTest.assertWords(
        FixlaneModel.of(network).setWordsCol("words")
            .transform(DigitRows.vectors(session, count, 32)),
        count, expected, classes);
    killer.join();
    assertThat(losses.removed).isNotEmpty();
  }
}
