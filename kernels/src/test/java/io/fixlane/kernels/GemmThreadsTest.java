package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.fixlane.format.FixedFormat;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
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
      plan.run(a, null, target, executor, parts);
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
        whole.accumulator(FixedFormat.parse("ap_fixed<12,6,AP_RND,AP_SAT>"));
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

  /** Memory of one thread alone is what another one may not touch. */
  @Test
  void theFailureOfAPartIsTheCallersToo() {
    Product product = Product.of(200, 30, 20, OutputStage.to(OUTPUT));
    try (Arena arena = Arena.ofConfined(); ForkJoinPool pool = new ForkJoinPool(2)) {
      MatrixView target = new MatrixView(arena.allocate(200 * 20), 0, 20);
      MatrixView a = new MatrixView(product.a.segment(), 0, 30);
      assertThatThrownBy(() -> product.plan.run(200, a, null, target,
          part -> pool.submit(part).join(), 2)).isInstanceOf(WrongThreadException.class);
    }
  }
}
