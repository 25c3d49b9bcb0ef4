package io.fixlane.jmh;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.ConvShape.Layout;
import io.fixlane.kernels.Pool2d;
import io.fixlane.kernels.PoolShape;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferencePool2d;
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
    FIRST(PoolShape.of(64, 112, 112, 3, 3).withStride(2, 2).withPadding(1, 1)),
    /** 2 x 2 by two. */
    HALVING(PoolShape.of(64, 56, 56, 2, 2)),
    /** 3 x 3 by one, padded. */
    DENSE(PoolShape.of(64, 56, 56, 3, 3).withStride(1, 1).withPadding(1, 1)),
    /** One result for each channel. */
    GLOBAL(PoolShape.global(512, 7, 7));

    private final PoolShape shape;

    Pooling(PoolShape shape) {
      this.shape = shape;
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
    PoolShape s = pooling.shape.withLayout(layout);
    Random random = new Random(1);
    x = FixedTensor.allocate(WORD, s.channels() * s.height() * s.width());
    for (long i = 0; i < x.size(); i++) {
      x.setRaw(i, (byte) random.nextInt());
    }
    int results = s.channels() * s.outputHeight() * s.outputWidth();
    largest = FixedTensor.allocate(WORD, results);
    averages = FixedTensor.allocate(WORD, results);
    max = Pool2d.max(WORD, s);
    average = Pool2d.average(WORD, s, WORD);
    max.run(x, largest);
    average.run(x, averages);
    ReferencePool2d reference = new ReferencePool2d(s.channels(), s.height(), s.width(),
        s.kernelHeight(), s.kernelWidth(), s.strideY(), s.strideX(), s.paddingY(), s.paddingX());
    int[] places = places(s.channels(), s.height() * s.width());
    List<Fixed> image = IntStream.of(places).mapToObj(x::value).toList();
    List<Fixed> expectedLargest = reference.max(image);
    List<Fixed> expectedAverages = reference.average(image, WORD);
    int[] resultPlaces = places(s.channels(), s.outputHeight() * s.outputWidth());
    for (int i = 0; i < results; i++) {
      Check.equal(i, expectedLargest.get(i), largest.value(resultPlaces[i]));
      Check.equal(i, expectedAverages.get(i), averages.value(resultPlaces[i]));
    }
  }

  /** Returns where the words lie that the reference has channel by channel. */
  private int[] places(int channels, int pixels) {
    return IntStream.range(0, channels * pixels)
        .map(i -> layout == Layout.NCHW ? i : i % pixels * channels + i / pixels)
        .toArray();
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
