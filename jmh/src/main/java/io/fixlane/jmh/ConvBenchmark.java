package io.fixlane.jmh;

import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.check.ConvCheck;
import io.fixlane.jmh.check.ConvSizes;
import io.fixlane.jmh.check.RandomWords;
import io.fixlane.jmh.count.MacCounter;
import io.fixlane.jmh.count.Traffic;
import io.fixlane.kernels.Conv2d;
import io.fixlane.kernels.OutputStage;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.concurrent.TimeUnit;
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

/**
 * How many multiply-adds a second does a convolution of one image make, 3 x 3 where nothing else is
 * said, s8 x s8 in the layout NHWC, with bias, relu and the cast to 8 bits, once all plans have run
 * in the JVM? Taps outside the image count as well.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {"--add-modules=jdk.incubator.vector",
  "--enable-native-access=ALL-UNNAMED"})
public class ConvBenchmark {
  private static final int WARM_UP_RUNS = 100;
  private static final FixedFormat ACTIVATION = FixedFormat.signed(8, 3);
  private static final FixedFormat WEIGHT = FixedFormat.signed(8, 1);
  private static final FixedFormat OUTPUT = FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");

  /** What is measured: channels, the side of the image, outputs and groups. */
  public enum Subject {
    /** 64 channels of 56 x 56 pixels to 64. */
    S8_64_56_56(64, 56, 64, 1),
    /** 128 channels of 28 x 28 pixels to 128. */
    S8_128_28_28(128, 28, 128, 1),
    /** 128 channels of 28 x 28 pixels, each to one of its own. */
    S8_DEPTHWISE_128_28_28(128, 28, 128, 128),
    /** The first layer for CIFAR-10: 3 channels of 32 x 32 pixels to 16. */
    S8_FIRST_3_32_32(3, 32, 16, 1),
    /** The first layer of a ResNet: 7 x 7 by two, 3 channels of 224 x 224 pixels to 64. */
    S8_FIRST_3_224_224(new ConvSizes(ImageShape.of(224, 224, 3), 64,
        Window.of(7, 7).withStride(2, 2).withPadding(3, 3), 1)),
    /** The first layer for MNIST: 1 channel of 28 x 28 pixels to 16. */
    S8_FIRST_1_28_28(1, 28, 16, 1);

    private final ConvSizes sizes;

    Subject(int channels, int side, int outputs, int groups) {
      this(ConvSizes.of(channels, side, outputs, groups));
    }

    Subject(ConvSizes sizes) {
      this.sizes = sizes;
    }

    private FixedTensor image() {
      return sizes.images(ACTIVATION);
    }

    private FixedTensor weights() {
      return sizes.weights(WEIGHT);
    }

    private FixedTensor bias() {
      return RandomWords.uniform(ACTIVATION.times(WEIGHT), 3, sizes.outputs());
    }

    private FixedTensor results() {
      return sizes.results(OUTPUT);
    }

    private Conv2d plan() {
      return sizes.plan(
          ACTIVATION, weights(), OutputStage.to(OUTPUT).withBias(bias()).withRelu());
    }
  }

  /** What is measured. */
  @Param
  public Subject subject;

  private Conv2d plan;
  private FixedTensor x;
  private FixedTensor target;
  private long macs;
  private long traffic;

  /** Packs the weights, warms all plans, and checks the one that is measured. */
  @Setup
  public void setup() {
    for (Subject warmed : Subject.values()) {
      Conv2d warming = warmed.plan();
      FixedTensor image = warmed.image();
      FixedTensor results = warmed.results();
      for (int i = 0; i < WARM_UP_RUNS; i++) {
        warming.run(image, results);
      }
    }
    plan = subject.plan();
    x = subject.image();
    target = subject.results();
    macs = target.size() * subject.weights().size() / subject.sizes.outputs();
    traffic = Traffic.of(x, subject.weights(), target);
    plan.run(x, target);
    ConvCheck.sample(x, subject.weights(), subject.bias(), subject.sizes, true, target);
  }

  /** Computes. */
  @Benchmark
  public void run(MacCounter counter) {
    plan.run(x, target);
    counter.add(macs, traffic);
  }
}
