package io.fixlane.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.layer.Weights;
import io.fixlane.network.plan.Samples;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** One network on many threads. */
class NetworkThreadsTest {
  private static final int SAMPLES = 37;

  private final Network network = SmallNetwork.network();
  private final FixedTensor batch = samples(network, SAMPLES, 1);
  private final FixedTensor expected = network.run(batch);

  private static FixedTensor samples(Network network, int count, long seed) {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    FixedTensor batch = FixedTensor.allocate(
        network.inputFormat(), Samples.shape(network.inputType(), count));
    for (long i = 0; i < batch.size(); i++) {
      batch.setRaw(i, (random.nextInt() + seed) % 128);
    }
    return batch;
  }

  @Test
  void anyNumberOfPartsGivesTheSameWords() {
    try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
      for (int parts = 1; parts <= 40; parts++) {
        assertThat(network.run(batch, executor, parts).contentEquals(expected)).isTrue();
      }
      assertThat(network.classify(batch, executor, 4)).isEqualTo(network.classify(batch));
    }
  }

  @Test
  void fewSamplesDivideTheirLayers() {
    try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
      for (int samples = 0; samples < 4; samples++) {
        assertThat(network.run(batch.slice(0, samples), executor, 4)
            .contentEquals(expected.slice(0, samples))).isTrue();
      }
    }
  }

  @Test
  void threadsShareANetwork() throws Exception {
    List<Future<Boolean>> runs = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 32; i++) {
        int first = i;
        runs.add(executor.submit(() -> network.run(batch.slice(first, SAMPLES))
            .contentEquals(expected.slice(first, SAMPLES))));
      }
    }
    for (Future<Boolean> run : runs) {
      assertThat(run.get()).isTrue();
    }
  }

  @Test
  void aRunOnTheExecutorsOnlyThreadEnds() throws Exception {
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      assertThat(executor.submit(() -> network.run(batch, executor, 4)).get()
          .contentEquals(expected)).isTrue();
    }
  }

  @Test
  void aBatchIsComputedInStretches() {
    FixedFormat x = SmallNetwork.X;
    FixedTensor weights = FixedTensor.allocate(x, 1, 300_000);
    weights.setRaw(7, 3);
    Network wide = Network.builder(x, 1)
        .dense("dense", Weights.of(weights), OutputStage.to(x))
        .cast("cast", SmallNetwork.WIDE)
        .build();
    assertThat(wide.explain()).endsWith("at once  1 sample");
    FixedTensor result = wide.run(SmallNetwork.words(x, new int[] {3, 1}, 1, 2, 3));
    for (int i = 0; i < 3; i++) {
      assertThat(result.row(i).raw(7)).isEqualTo(16 * 3 * (i + 1));
    }
  }

  @Test
  void whatAnExecutorDoesNotTakeTheCallerRuns() {
    for (int parts = 1; parts <= 40; parts += 3) {
      assertThat(network.run(batch, _ -> {}, parts).contentEquals(expected)).isTrue();
      assertThat(network.run(batch, _ -> {
        throw new RejectedExecutionException("full");
      }, parts).contentEquals(expected)).isTrue();
    }
  }

  @Test
  void whatTheExecutorThrowsIsThrownWhenPartsHaveEnded() throws Exception {
    IllegalStateException shut = new IllegalStateException("shut down");
    List<Thread> threads = new ArrayList<>();
    assertThatThrownBy(() -> network.run(batch, task -> {
      if (threads.size() == 2) {
        throw shut;
      }
      threads.add(Thread.ofPlatform().start(task));
    }, 8)).isSameAs(shut);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(network.run(batch).contentEquals(expected)).isTrue();
  }

  @Test
  void samplesOfOneThreadAreNotShared() {
    try (Arena arena = Arena.ofConfined()) {
      FixedTensor own = FixedTensor.of(network.inputFormat(),
          arena.allocate(batch.segment().byteSize()), batch.shape());
      own.segment().copyFrom(batch.segment());
      assertThat(network.run(own).contentEquals(expected)).isTrue();
      for (int parts : new int[] {2, 40}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> network.run(own, Runnable::run, parts))
            .withMessage("batch lies in a confined arena, and parts is " + parts + ": memory that"
                + " threads share must be an array, or of a shared or automatic arena");
      }
    }
  }

  @Test
  void whatAPartThrowsIsThrown() {
    Network copy = Network.builder(SmallNetwork.X, 1).cast("cast", SmallNetwork.X).build();
    FixedTensor closed;
    try (Arena arena = Arena.ofShared()) {
      closed = FixedTensor.of(SmallNetwork.X, arena.allocate(4), 4, 1);
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
      assertThatThrownBy(() -> copy.run(closed, executor, 2))
          .isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }
  }
}
