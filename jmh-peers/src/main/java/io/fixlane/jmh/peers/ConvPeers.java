package io.fixlane.jmh.peers;

import io.fixlane.jmh.check.ConvSizes;
import io.fixlane.jmh.count.MacCounter;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
 * How many multiply-adds a second does a convolution 3 x 3 of one image make, 8 bits by 8 bits,
 * with bias and the cast to 8 bits, in one thread, ours and that of other libraries? What of
 * theirs is wrong is told.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class ConvPeers {

  /** Who computes; a name ends with the image's words, of s8 or u8. */
  public enum Library {
    /** Ours. */
    FIXLANE_S8(true, FixlaneConv::new),
    /** Ours. */
    FIXLANE_U8(false, FixlaneConv::new),
    /** oneDNN. */
    ONEDNN_S8(true, OneDnnConv::new),
    /** oneDNN. */
    ONEDNN_U8(false, OneDnnConv::new),
    /** ONNX Runtime. */
    ONNXRUNTIME_QLINEARCONV_S8(true, OnnxConv::new),
    /** ONNX Runtime. */
    ONNXRUNTIME_QLINEARCONV_U8(false, OnnxConv::new);

    private final boolean signed;
    private final Function<ConvTask, Peer> maker;

    Library(boolean signed, Function<ConvTask, Peer> maker) {
      this.signed = signed;
      this.maker = maker;
    }
  }

  /** The sizes: channels, the side of the image, outputs and groups. */
  public enum Shape {
    /** 64 channels of 56 x 56 pixels to 64. */
    C64_56_56(64, 56, 64, 1),
    /** 128 channels of 28 x 28 pixels to 128. */
    C128_28_28(128, 28, 128, 1),
    /** 128 channels of 28 x 28 pixels, each to one of its own. */
    DEPTHWISE_128_28_28(128, 28, 128, 128);

    private final ConvSizes sizes;

    Shape(int channels, int side, int outputs, int groups) {
      this.sizes = ConvSizes.of(channels, side, outputs, groups);
    }
  }

  /** Who computes. */
  @Param
  public Library library;

  /** The sizes. */
  @Param
  public Shape shape;

  Verdict verdict;
  private Peer peer;
  private long macs;

  /** Places the operands and checks the results. */
  @Setup
  public void setup() {
    ConvTask task = new ConvTask(library.signed, shape.sizes);
    macs = task.macs();
    peer = library.maker.apply(task);
    peer.run();
    verdict = peer.check();
    verdict.tell();
  }

  /** Gives back what the library holds. */
  @TearDown
  public void tearDown() {
    peer.close();
  }

  /** Computes. */
  @Benchmark
  public void run(MacCounter counter) {
    peer.run();
    counter.macs += macs;
  }
}
