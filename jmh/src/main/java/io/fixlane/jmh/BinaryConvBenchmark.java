package io.fixlane.jmh;

import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.count.MacCounter;
import io.fixlane.jmh.count.Traffic;
import io.fixlane.kernels.BinaryConv2d;
import io.fixlane.kernels.Conv2d;
import io.fixlane.kernels.OutputStage;
import io.fixlane.kernels.Signs;
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
 * How many products of signs a second does a binarised convolution 3 x 3 of one image form, from
 * signs to signs, and how many as an ordinary convolution of the same signs? The counter reads in
 * GMAC/s; taps outside the image count as well.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class BinaryConvBenchmark {
  /** The channels of image and result. */
  @Param({"16", "64", "256"})
  public int channels;

  /** The rows and columns of the image. */
  @Param("14")
  public int side;

  private BinaryConv2d binary;
  private Conv2d ordinary;
  private FixedTensor signs;
  private FixedTensor units;
  private FixedTensor signTarget;
  private FixedTensor unitTarget;
  private long macs;
  private long traffic;

  /** Makes the plans of the same convolution, and checks that they give the same signs. */
  @Setup
  public void setup() {
    ImageShape image = ImageShape.of(side, side, channels);
    Window window = Window.of(3, 3).withPadding(1, 1);
    FixedFormat unit = FixedFormat.parse("ap_fixed<2,2,AP_TRN,AP_SAT>");
    signs = RandomWords.uniform(Signs.WORD, 1, side, side, channels);
    FixedTensor weights = RandomWords.uniform(Signs.WORD, 2, channels, channels, 3, 3);
    units = units(signs, unit);
    signTarget = FixedTensor.allocate(Signs.WORD, side, side, channels);
    unitTarget = FixedTensor.allocate(unit, side, side, channels);
    binary = BinaryConv2d.of(Signs.WORD, weights, image, window, 1, new int[channels]);
    ordinary = Conv2d.of(unit, units(weights, unit), image, window, OutputStage.to(unit));
    macs = (long) side * side * channels * channels * 9;
    traffic = Traffic.of(signs, weights, signTarget);
    binary.run(signs, signTarget);
    ordinary.run(units, unitTarget);
    for (long i = 0; i < signTarget.size(); i++) {
      if (signTarget.raw(i) < 0 != unitTarget.raw(i) < 0) {
        throw new IllegalStateException("the signs differ at " + i);
      }
    }
  }

  /** Returns +1 and -1 for signs. */
  private static FixedTensor units(FixedTensor signs, FixedFormat unit) {
    FixedTensor units = FixedTensor.allocate(unit, signs.shape());
    for (long i = 0; i < signs.size(); i++) {
      units.setRaw(i, signs.raw(i) < 0 ? -1 : 1);
    }
    return units;
  }

  /** From signs to signs. */
  @Benchmark
  public void signs(MacCounter counter) {
    binary.run(signs, signTarget);
    counter.add(macs, traffic);
  }

  /** The same as an ordinary convolution. */
  @Benchmark
  public void products(MacCounter counter) {
    ordinary.run(units, unitTarget);
    counter.add(macs, traffic);
  }
}
