package io.fixlane.jmh.peers;

import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.CastGradientBenchmark;
import io.fixlane.jmh.count.WordCounter;
import java.util.SplittableRandom;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many floats a second does a trainable cast to 8 bits take, forward and back with the mask of
 * the gradient, in one thread, ours and composed of libtorch's operations? Both give the same
 * numbers and gradients.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class CastGradientPeers {
  private static final FixedFormat FORMAT = FixedFormat.parse("ap_fixed<8,2,AP_RND_CONV,AP_SAT>");

  /** Who casts. */
  public enum Library {
    /** Ours. */
    FIXLANE,
    /** libtorch. */
    LIBTORCH
  }

  /** Who casts. */
  @Param
  public Library library;

  Verdict verdict;
  private Peer peer;

  /** Places the numbers, a few of which overflow, and checks the cast and its gradient. */
  @Setup
  public void setup() {
    peer = switch (library) {
      case FIXLANE -> new FixlaneCastGradient(FORMAT);
      case LIBTORCH -> {
        SplittableRandom random = new SplittableRandom(1);
        float[] numbers = new float[CastGradientBenchmark.NUMBERS];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = (float) (random.nextDouble() * 4.4 - 2.2);
        }
        yield new TorchCastGradient(FORMAT, numbers);
      }
    };
    peer.run();
    verdict = peer.check();
    verdict.tell();
  }

  /** Gives back what the library holds. */
  @TearDown
  public void tearDown() {
    peer.close();
  }

  /** Casts, and computes the gradient of the numbers from that of the cast ones. */
  @Benchmark
  public void run(WordCounter counter) {
    peer.run();
    counter.words += CastGradientBenchmark.NUMBERS;
  }
}
