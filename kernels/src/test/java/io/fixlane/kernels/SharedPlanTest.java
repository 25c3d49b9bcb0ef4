package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads that run one plan at once, on a part each, give together what one thread gives. */
class SharedPlanTest {
  private static final int THREADS = 2;
  private static final int PART = 101;
  private static final int WORDS = THREADS * PART;
  private static final int TIMES = 50;
  private static final FixedFormat SOURCE = FixedFormat.signed(16, 6);

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** Runs the parts at the same time; the plan is fresh, so that its loops are made then. */
  private void inThreads(List<Callable<Void>> parts) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<Void>> running = parts.stream().map(part -> threads.submit(() -> {
      start.await();
      return part.call();
    })).toList();
    for (Future<Void> part : running) {
      part.get();
    }
  }

  private static FixedFormat target(int width) {
    return FixedFormat.parse("ap_fixed<" + width + ",3,AP_RND_CONV,AP_SAT>");
  }

  @Test
  void aCastAndItsCounts() throws Exception {
    FixedTensor words = Words.tensor(SOURCE, new Random(1), WORDS);
    for (int time = 0; time < TIMES; time++) {
      FixedFormat target = target(3 + time % 30);
      FixedTensor alone = FixedTensor.allocate(target, WORDS);
      Cast single = Cast.of(SOURCE, target);
      CastStatistics expected = single.newStatistics();
      single.run(words, alone, expected);

      Cast shared = Cast.of(SOURCE, target);
      FixedTensor together = FixedTensor.allocate(target, WORDS);
      List<CastStatistics> counts = List.of(shared.newStatistics(), shared.newStatistics());
      inThreads(List.of(
          part(shared, words, together, 0, counts.get(0)),
          part(shared, words, together, PART, counts.get(1))));

      assertThat(together.contentEquals(alone)).isTrue();
      counts.get(0).merge(counts.get(1));
      assertThat(counts.get(0)).hasToString(expected.toString());
    }
  }

  private static Callable<Void> part(
      Cast cast, FixedTensor from, FixedTensor to, int first, CastStatistics statistics) {
    return () -> {
      cast.run(from.segment(), first, to.segment(), first, PART, statistics);
      return null;
    };
  }

  @Test
  void aScaleAndShiftPerChannel() throws Exception {
    Random random = new Random(2);
    FixedTensor words = Words.tensor(SOURCE, random, THREADS, PART);
    FixedTensor scale = Words.tensor(SOURCE, random, PART);
    FixedTensor bias = Words.tensor(SOURCE, random, PART);
    for (int time = 0; time < TIMES; time++) {
      FixedFormat target = target(3 + time % 30);
      FixedTensor alone = FixedTensor.allocate(target, THREADS, PART);
      Elementwise.scaleAndShift(SOURCE, scale, bias, target).run(words, alone);

      Elementwise shared = Elementwise.scaleAndShift(SOURCE, scale, bias, target);
      FixedTensor together = FixedTensor.allocate(target, THREADS, PART);
      inThreads(List.of(
          row(shared, words, together, 0),
          row(shared, words, together, 1)));
      assertThat(together.contentEquals(alone)).isTrue();
    }
  }

  private static Callable<Void> row(Elementwise plan, FixedTensor from, FixedTensor to, int row) {
    return () -> {
      plan.run(from.row(row), to.row(row));
      return null;
    };
  }

  @Test
  void aProductOfSigns() throws Exception {
    Random random = new Random(3);
    BitMatrix weights = BitMatrix.signs(Words.tensor(SOURCE, random, 70, PART));
    List<BitMatrix> rows = List.of(
        BitMatrix.signs(Words.tensor(SOURCE, random, 9, 70)),
        BitMatrix.signs(Words.tensor(SOURCE, random, 9, 70)));
    for (int time = 0; time < TIMES; time++) {
      FixedFormat target = target(3 + time % 30);
      BinaryGemm shared = BinaryGemm.of(weights, target);
      FixedTensor together = FixedTensor.allocate(target, THREADS, 9, PART);
      inThreads(List.of(
          () -> run(shared, rows.get(0), together.row(0)),
          () -> run(shared, rows.get(1), together.row(1))));
      for (int i = 0; i < THREADS; i++) {
        FixedTensor alone = FixedTensor.allocate(target, 9, PART);
        BinaryGemm.of(weights, target).run(rows.get(i), alone);
        assertThat(together.row(i).contentEquals(alone)).isTrue();
      }
    }
  }

  private static Void run(BinaryGemm plan, BitMatrix a, FixedTensor target) {
    plan.run(a, target);
    return null;
  }

  @Test
  void aPooling() throws Exception {
    Random random = new Random(4);
    for (int time = 0; time < TIMES; time++) {
      FixedFormat target = target(3 + time % 30);
      ImageShape shape = new ImageShape(9, 8, 5, Layout.values()[time % 2]);
      Window window = Window.of(3, 3).withPadding(1, 1).withStride(1, 2);
      FixedTensor images = Words.tensor(SOURCE, random, THREADS, shape.size());
      int results = window.output(shape).size();
      FixedTensor alone = FixedTensor.allocate(target, THREADS, results);
      Pool2d.average(SOURCE, shape, window, target).run(images, alone);

      Pool2d shared = Pool2d.average(SOURCE, shape, window, target);
      FixedTensor together = FixedTensor.allocate(target, THREADS, results);
      inThreads(List.of(
          () -> run(shared, images.row(0), together.row(0)),
          () -> run(shared, images.row(1), together.row(1))));
      assertThat(together.contentEquals(alone)).isTrue();
    }
  }

  private static Void run(Pool2d plan, FixedTensor images, FixedTensor target) {
    plan.run(images, target);
    return null;
  }

  /** Of one place, whose kernels are made by the first run, and of many. */
  @Test
  void aConvolution() throws Exception {
    Random random = new Random(6);
    for (int time = 0; time < TIMES; time++) {
      ImageShape shape = ImageShape.of(time % 2 == 0 ? 3 : 9, 3, 8);
      Window window = Window.of(3, 3);
      int channels = 20;
      int results = window.output(shape).pixels();
      FixedTensor images =
          Words.tensor(SOURCE, random, THREADS, shape.height(), shape.width(), shape.channels());
      FixedTensor weights = Words.tensor(SOURCE, random, channels, shape.channels(), 3, 3);
      OutputStage stage = OutputStage.to(target(3 + time % 30));
      FixedTensor alone = FixedTensor.allocate(stage.result(), THREADS, results, channels);
      Conv2d.of(SOURCE, weights, shape, window, stage).run(images, alone);

      Conv2d shared = Conv2d.of(SOURCE, weights, shape, window, stage);
      FixedTensor together =
          FixedTensor.allocate(stage.result(), THREADS, results, channels);
      inThreads(List.of(
          image(shared, images, together, 0),
          image(shared, images, together, 1)));
      assertThat(together.contentEquals(alone)).isTrue();
    }
  }

  private static Callable<Void> image(Conv2d plan, FixedTensor from, FixedTensor to, int index) {
    return () -> {
      plan.run(from.row(index), to.row(index));
      return null;
    };
  }
}
