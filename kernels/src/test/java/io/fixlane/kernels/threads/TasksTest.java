package io.fixlane.kernels.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.kernels.fixture.OneWidth;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of a run, each once, whatever the executor does. The timeout ends a deadlock. */
@Timeout(60)
@OneWidth
class TasksTest {
  private static final int PARTS = 20;

  private final AtomicIntegerArray times = new AtomicIntegerArray(PARTS);
  private final List<Thread> threads = new ArrayList<>();

  /** Starts a thread for each task. */
  private void onThread(Runnable task) {
    Thread thread = new Thread(task);
    threads.add(thread);
    thread.start();
  }

  private void assertEachOnce() {
    for (int i = 0; i < PARTS; i++) {
      assertThat(times.get(i)).as("part %d", i).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, PARTS, 1000})
  void eachPartRunsOnce(int most) {
    Tasks.run(PARTS, most, this::onThread, times::getAndIncrement);
    assertEachOnce();
    assertThat(threads).hasSize(Math.min(most, PARTS) - 1);
  }

  /** The caller begins at part 0 and the others where their ranges begin, in every run. */
  @Test
  void eachThreadBeginsWithARangeOfItsOwn() {
    CountDownLatch begun = new CountDownLatch(4);
    Map<Thread, Integer> first = new ConcurrentHashMap<>();
    Tasks.run(PARTS, 4, this::onThread, part -> {
      times.getAndIncrement(part);
      if (first.putIfAbsent(Thread.currentThread(), part) == null) {
        begun.countDown();
        awaitUninterruptibly(begun);
      }
    });
    assertEachOnce();
    assertThat(first).containsEntry(Thread.currentThread(), 0);
    assertThat(threads).extracting(first::get).containsExactly(5, 10, 15);
  }

  /** A thread that is done with its own range takes from the end of another one. */
  @Test
  void whoIsDoneHelpsTheOthers() {
    CountDownLatch rest = new CountDownLatch(PARTS - 1);
    Tasks.run(PARTS, 2, this::onThread, part -> {
      times.getAndIncrement(part);
      if (part == 0) {
        awaitUninterruptibly(rest);
      } else {
        rest.countDown();
      }
    });
    assertEachOnce();
  }

  @Test
  void whatTheExecutorDoesNotTakeTheCallerRuns() {
    Tasks.run(PARTS, PARTS, _ -> {}, times::getAndIncrement);
    assertEachOnce();
    Tasks.run(PARTS, PARTS, _ -> {
      throw new RejectedExecutionException("full");
    }, times::getAndDecrement);
    assertThat(times.toString()).doesNotContain("1");
  }

  @Test
  void noPartsRunNothing() {
    Tasks.run(0, 4, _ -> {
      throw new AssertionError("there is nothing to run");
    }, times::getAndIncrement);
    assertThat(times.toString()).doesNotContain("1");
  }

  /** The executor takes a task, and fails when that runs: it is waited for, and nothing follows. */
  private void assertWaits(Throwable failure, Executor failing) {
    CountDownLatch failed = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger offered = new AtomicInteger();
    assertThatThrownBy(() -> Tasks.run(PARTS, PARTS, task -> {
      if (offered.getAndIncrement() == 0) {
        onThread(task);
        awaitUninterruptibly(begun);
      } else {
        failed.countDown();
        failing.execute(task);
      }
    }, part -> {
      times.getAndIncrement(part);
      begun.countDown();
      awaitUninterruptibly(failed);
      Thread.yield();
      ended.getAndIncrement();
    })).isSameAs(failure);
    int then = ended.get();
    int parts = 0;
    for (int i = 0; i < PARTS; i++) {
      parts += times.get(i);
    }
    assertThat(then).isEqualTo(parts).isPositive();
    threads.forEach(TasksTest::join);
    assertThat(ended.get()).isEqualTo(then);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anExecutorThatFailsIsReportedWhenTheTakenPartsHaveEnded() {
    IllegalStateException shut = new IllegalStateException("shut down");
    assertWaits(shut, _ -> {
      throw shut;
    });
  }

  @Test
  void anExecutorWithoutThreadsIsReportedWhenTheTakenPartsHaveEnded() {
    OutOfMemoryError none = new OutOfMemoryError("unable to create native thread");
    assertWaits(none, _ -> {
      throw none;
    });
  }

  @Test
  void theFailureOfTheFirstPartIsThrownWhenAllHaveRun() {
    for (int most : new int[] {1, 4}) {
      assertThatThrownBy(() -> Tasks.run(PARTS, most, this::onThread, part -> {
        times.getAndIncrement(part);
        if (part == 1) {
          throw new StackOverflowError("part 1");
        }
        if (part > 5) {
          throw new IllegalStateException("part " + part);
        }
      })).isInstanceOf(StackOverflowError.class).hasMessage("part 1");
    }
    assertThat(times.toString()).doesNotContain("1");
  }

  @Test
  void anInterruptedCallerWaitsAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    Tasks.run(PARTS, 4, this::onThread, times::getAndIncrement);
    assertThat(Thread.interrupted()).isTrue();
    assertEachOnce();
  }

  @Test
  void unitsAreDividedEquallyAlsoWhereThereAreMany() {
    for (long total : new long[] {0, 1, 7, 100, 1L << 40, Long.MAX_VALUE}) {
      for (int parts : new int[] {1, 3, 7, 16_000, Integer.MAX_VALUE}) {
        assertThat(Tasks.first(total, parts, 0)).isZero();
        assertThat(Tasks.first(total, parts, parts)).isEqualTo(total);
        for (int part : new int[] {0, parts / 3, parts / 2, parts - 1}) {
          assertThat(Tasks.first(total, parts, part + 1) - Tasks.first(total, parts, part))
              .isBetween(total / parts, Math.ceilDiv(total, parts));
        }
      }
    }
  }

  @Test
  void memoryOfOneThreadIsForOnePart() {
    try (Arena confined = Arena.ofConfined(); Arena shared = Arena.ofShared()) {
      Tasks.requireShared("x", confined.allocate(1), 1);
      Tasks.requireShared("x", shared.allocate(1), 2);
      Tasks.requireShared("x", MemorySegment.ofArray(new byte[1]), 2);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Tasks.requireShared("x", confined.allocate(1), 2))
          .withMessage("x lies in a confined arena, and parts is 2: memory that threads share must"
              + " be an array, or of a shared or automatic arena");
    }
  }
}
