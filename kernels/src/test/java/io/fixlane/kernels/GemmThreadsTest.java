package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.fixture.OneWidth;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.kernels.signs.BinaryWork;
import io.fixlane.kernels.tiles.pack.Workspace;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A product is the same bits in any number of parts on any executor; plans are shared by threads.
 * The timeout ends a deadlock, and measures nothing.
 */
@Timeout(600)
class GemmThreadsTest {
  private static final FixedFormat S8 = FixedFormat.signed(8, 3);
  private static final FixedFormat OUTPUT = FixedFormat.parse("ap_fixed<8,4,AP_RND,AP_SAT>");
  private static final int MOST_PARTS = 8;

  /** A product of random words, and what one thread makes of it. */
  private record Product(Gemm plan, FixedTensor a, FixedTensor expected) {
    static Product of(int m, int k, int n, OutputStage stage) {
      Random random = new Random(m);
      FixedTensor a = Words.tensor(S8, random, m, k);
      Gemm plan = Gemm.of(S8, Words.tensor(S8, random, k, n), stage);
      FixedTensor expected = FixedTensor.allocate(OUTPUT, m, n);
      plan.run(a, expected);
      return new Product(plan, a, expected);
    }

    void check(Executor executor, int parts) {
      FixedTensor target = FixedTensor.allocate(OUTPUT, expected.shape());
      plan.run(a, target, executor, parts);
      assertThat(target.contentEquals(expected)).as("%d parts", parts).isTrue();
    }

    void checkAll(Executor executor) {
      for (int parts = 1; parts <= MOST_PARTS; parts++) {
        check(executor, parts);
      }
    }
  }

  static Stream<Arguments> products() {
    OutputStage whole = OutputStage.to(OUTPUT);
    OutputStage steps =
        whole.withAccumulator(FixedFormat.parse("ap_fixed<12,6,AP_RND_CONV,AP_SAT>"));
    return Stream.of(
        argumentSet("many rows", Product.of(200, 30, 20, whole)),
        argumentSet("no rows", Product.of(0, 30, 20, whole)),
        argumentSet("one row, of many columns", Product.of(1, 30, 1000, whole)),
        argumentSet("rows and columns", Product.of(30, 20, 500, whole)),
        argumentSet("steps", Product.of(60, 30, 100, steps)));
  }

  @ParameterizedTest
  @MethodSource("products")
  void onAForkJoinPoolAndOnItsOwnThread(Product product) throws Exception {
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      product.checkAll(pool);
      pool.submit(() -> product.checkAll(pool)).get();
    }
  }

  /** All threads of the pool wait for parts which that pool is to run. */
  @ParameterizedTest
  @MethodSource("products")
  void onAPoolOfThreadsAndOnAllOfThem(Product product) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      product.checkAll(pool);
      CyclicBarrier start = new CyclicBarrier(2);
      List<Future<?>> callers = IntStream.range(0, 2).<Future<?>>mapToObj(i -> pool.submit(() -> {
        start.await();
        product.checkAll(pool);
        return null;
      })).toList();
      for (Future<?> caller : callers) {
        caller.get();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("products")
  void whatAnExecutorDoesNotTakeTheCallerRuns(Product product) {
    product.checkAll(Runnable::run);
    product.checkAll(_ -> {});
    product.checkAll(_ -> {
      throw new RejectedExecutionException("full");
    });
  }

  /** The plan is fresh, so that both threads make its kernels for few rows at the same time. */
  @Test
  void twoThreadsInOnePlanAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int m = 1; m <= 40; m++) {
        Random random = new Random(m);
        FixedTensor w = Words.tensor(S8, random, 25, 70);
        List<FixedTensor> a =
            List.of(Words.tensor(S8, random, m, 25), Words.tensor(S8, random, m, 25));
        Gemm alone = Gemm.of(S8, w, OutputStage.to(OUTPUT));
        Gemm shared = Gemm.of(S8, w, OutputStage.to(OUTPUT));
        CyclicBarrier start = new CyclicBarrier(2);
        List<Future<FixedTensor>> results = a.stream().map(rows -> threads.submit(() -> {
          FixedTensor target = FixedTensor.allocate(OUTPUT, rows.dimension(0), 70);
          start.await();
          shared.run(rows, target);
          return target;
        })).toList();
        for (int i = 0; i < a.size(); i++) {
          FixedTensor expected = FixedTensor.allocate(OUTPUT, m, 70);
          alone.run(a.get(i), expected);
          assertThat(results.get(i).get().contentEquals(expected)).as("m = %d", m).isTrue();
        }
      }
    }
  }

  /** Memory that another part has been told to let go of cannot be read. */
  @Test
  void theFailureOfAPartIsTheCallersToo() {
    Product product = Product.of(200, 30, 20, OutputStage.to(OUTPUT));
    MatrixView a;
    try (Arena arena = Arena.ofShared()) {
      a = new MatrixView(arena.allocate(200 * 30), 0, 30);
    }
    MatrixView target = MatrixView.of(FixedTensor.allocate(OUTPUT, 200, 20), 20);
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      assertThatThrownBy(() -> product.plan.run(200, a, target, pool, 2))
          .isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }
    product.check(Runnable::run, 1);
  }

  /** No part writes after a run has thrown what its executor did. */
  @Test
  void anExecutorThatFailsIsNotTheEndOfAPart() {
    Product product = Product.of(2000, 30, 20, OutputStage.to(OUTPUT));
    for (Throwable failure : List.of(new IllegalStateException("shut down"),
        new OutOfMemoryError("unable to create native thread"))) {
      FixedTensor target = FixedTensor.allocate(OUTPUT, product.expected.shape());
      List<Thread> threads = new ArrayList<>();
      assertThatThrownBy(() -> product.plan.run(product.a, target, task -> {
        if (threads.size() == 3) {
          GemmThreadsTest.<RuntimeException>sneakyThrow(failure);
        }
        threads.add(Thread.ofPlatform().start(task));
      }, MOST_PARTS)).isSameAs(failure);
      byte[] then = Words.bytes(target.segment());
      threads.forEach(GemmThreadsTest::join);
      assertThat(Words.bytes(target.segment())).isEqualTo(then);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneakyThrow(Throwable failure) throws T {
    throw (T) failure;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Asked before anything is written, of every argument. */
  @Test
  void memoryOfOneThreadIsNotSharedByParts() {
    OutputStage stage = OutputStage.to(OUTPUT).withResidualAdd(S8, OUTPUT);
    Gemm plan = Gemm.of(S8, Words.tensor(S8, new Random(1), 30, 20), stage);
    for (String confined : List.of("a", "residual", "target")) {
      try (Arena arena = Arena.ofConfined()) {
        Function<String, Arena> arenas = name -> name.equals(confined) ? arena : Arena.ofAuto();
        MatrixView a = new MatrixView(arenas.apply("a").allocate(200 * 30), 0, 30);
        MatrixView residual = new MatrixView(arenas.apply("residual").allocate(200 * 20), 0, 20);
        MatrixView target = new MatrixView(arenas.apply("target").allocate(200 * 20), 0, 20);
        target.segment().fill((byte) 77);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> plan.run(200, a, residual, target, Runnable::run, 2))
            .withMessage(confined + " lies in a confined arena, and parts is 2: memory that threads"
                + " share must be an array, or of a shared or automatic arena");
        assertThat(Words.bytes(target.segment())).containsOnly(77);
        plan.run(200, a, residual, target, Runnable::run, 1);
      }
    }
  }

  /** 48,000 panels or more, of 128 columns at most: panels times parts are beyond an int. */
  @Test
  @OneWidth
  void manyPartsOfManyColumns() {
    int columns = 48_000 * 128;
    Random random = new Random(3);
    FixedTensor a = Words.tensor(S8, random, 1, 1);
    Gemm plan = Gemm.of(S8, Words.tensor(S8, random, 1, columns), OutputStage.to(OUTPUT));
    FixedTensor expected = FixedTensor.allocate(OUTPUT, 1, columns);
    plan.run(a, expected);
    FixedTensor target = FixedTensor.allocate(OUTPUT, 1, columns);
    plan.run(a, target, _ -> {}, 50_000);
    assertThat(target.contentEquals(expected)).isTrue();
  }

  /** What is kept of a run that fails would keep its memory from being collected. */
  @Test
  void aRunThatFailsLetsGoOfItsOperands() {
    FixedTensor closed;
    try (Arena arena = Arena.ofShared()) {
      closed = FixedTensor.of(S8, arena.allocate(4), 4, 1);
    }
    FixedTensor one = Words.tensor(S8, new Random(1), 1, 1);
    FixedTensor target = FixedTensor.allocate(S8, 4, 1);
    Gemm gemm = Gemm.of(S8, one, OutputStage.to(S8));
    Conv2d conv = Conv2d.of(S8, one.reshape(1, 1, 1, 1), ImageShape.of(1, 1, 1),
        Window.of(1, 1), OutputStage.to(S8));
    BinaryGemm binary = BinaryGemm.of(BitMatrix.allocate(1, 1), S8);
    for (Runnable run : List.<Runnable>of(() -> gemm.run(closed, target),
        () -> gemm.run(4, MatrixView.of(closed, 1), MatrixView.of(target, 1),
            Runnable::run, 1),
        () -> conv.run(closed, target),
        () -> binary.run(BitMatrix.allocate(4, 1), closed))) {
      assertThatThrownBy(run::run).isInstanceOf(IllegalStateException.class);
      assertThat(Workspace.own().input).isSameAs(MemorySegment.NULL);
      assertThat(Workspace.own().output).isSameAs(MemorySegment.NULL);
      assertThat(BinaryWork.own().tile.activations).isEmpty();
    }
  }
}
