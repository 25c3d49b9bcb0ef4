package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.fixlane.format.FixedFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Once it is compiled, a plan runs without allocating, on arrays and on native memory. */
class AllocationTest {
  private static final int WORDS = 1000;
  private static final int WARM_UP = 30_000;
  private static final int RUNS = 2_000;
  private static final FixedFormat SOURCE = FixedFormat.signed(16, 6);
  private static final FixedFormat TARGET = FixedFormat.parse("ap_fixed<8,3,AP_RND,AP_SAT>");

  private static long bytesPerRun(Runnable run) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < WARM_UP; i++) {
      run.run();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < RUNS; i++) {
      run.run();
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / RUNS;
  }

  @Test
  void aCastOfArraysAllocatesNothing() {
    Cast cast = Cast.of(SOURCE, TARGET);
    FixedTensor from = FixedTensor.allocate(SOURCE, WORDS);
    FixedTensor to = FixedTensor.allocate(TARGET, WORDS);
    assertThat(bytesPerRun(() -> cast.run(from, to))).isZero();
  }

  @Test
  void aCastOfNativeMemoryAllocatesNothing() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment from = arena.allocate(2 * WORDS);
      MemorySegment to = arena.allocate(WORDS);
      Cast cast = Cast.of(SOURCE, TARGET);
      assertThat(bytesPerRun(() -> cast.run(from, 0, to, 0, WORDS))).isZero();
    }
  }

  @Test
  void anElementwiseOperationAllocatesNothing() {
    Elementwise plan = Elementwise.multiply(SOURCE, SOURCE, TARGET);
    FixedTensor a = FixedTensor.allocate(SOURCE, 10, WORDS / 10);
    FixedTensor channels = FixedTensor.allocate(SOURCE, WORDS / 10);
    FixedTensor to = FixedTensor.allocate(TARGET, 10, WORDS / 10);
    assertThat(bytesPerRun(() -> plan.run(a, channels, to))).isZero();
  }
}
