package io.fixlane.jmh;

import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.check.Check;
import io.fixlane.jmh.count.Traffic;
import io.fixlane.jmh.count.WordCounter;
import io.fixlane.kernels.Pool2d;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferencePool2d;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many words of 8 bits does a pooling read in a second? */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class Pool2dBenchmark {
  private static final FixedFormat WORD = FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");

  /** The window and the image. */
  public enum Pooling {
    /** The first pooling of a ResNet, 3 x 3 by two, padded. */
    FIRST(112, 64, Window.of(3, 3).withStride(2, 2).withPadding(1, 1)),
    /** 2 x 2 by two. */
    HALVING(56, 64, Window.of(2, 2).withStride(2, 2)),
    /** 3 x 3 by one, padded. */
    DENSE(56, 64, Window.of(3, 3).withPadding(1, 1)),
    /** One result for each channel. */
    GLOBAL(7, 512, Window.of(7, 7));

    private final ImageShape image;
    private final Window window;

    Pooling(int side, int channels, Window window) {
      this.image = ImageShape.of(side, side, channels);
      this.window = window;
    }
  }

  /** The window and the image. */
  @Param
  public Pooling pooling;

  /** The layout of image and result. */
  @Param
  public Layout layout;

  private FixedTensor x;
  private FixedTensor largest;
  private FixedTensor averages;
  private Pool2d max;
  private Pool2d average;

  /** Makes the image, and checks both results. */
  @Setup
  public void setup() {
    ImageShape image = pooling.image.withLayout(layout);
    Random random = new Random(1);
    x = FixedTensor.allocate(WORD, image.size());
    for (long i = 0; i < x.size(); i++) {
      x.setRaw(i, (byte) random.nextInt());
    }
    max = Pool2d.max(WORD, image, pooling.window);
    average = Pool2d.average(WORD, image, pooling.window, WORD);
    int results = max.output().size();
    largest = FixedTensor.allocate(WORD, results);
    averages = FixedTensor.allocate(WORD, results);
    max.run(x, largest);
    average.run(x, averages);
    ReferencePool2d reference = new ReferencePool2d(image, pooling.window);
    List<Fixed> words = IntStream.range(0, image.size()).mapToObj(x::value).toList();
    List<Fixed> expectedLargest = reference.max(words);
    List<Fixed> expectedAverages = reference.average(words, WORD);
    for (int i = 0; i < results; i++) {
      Check.equal(i, expectedLargest.get(i), largest.value(i));
      Check.equal(i, expectedAverages.get(i), averages.value(i));
    }
  }

  /** The largest. */
  @Benchmark
  public void max(WordCounter counter) {
    max.run(x, largest);
    counter.add(x.size(), Traffic.of(x, largest));
  }

  /** The averages. */
  @Benchmark
  public void average(WordCounter counter) {
    average.run(x, averages);
    counter.add(x.size(), Traffic.of(x, averages));
  }
}
