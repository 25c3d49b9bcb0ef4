package io.fixlane.jmh.peers;

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
 * How many multiply-adds a second does a product of matrices of 8 bits make, in one thread, ours
 * and that of other libraries, each as its interface gives it? What of theirs is wrong is told.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class GemmPeers {

  /** Who computes; a name ends with the activations that it is compared on, of s8 or u8. */
  public enum Library {
    /** Ours, with bias and cast. */
    FIXLANE_S8(true, FixlaneGemm::new),
    /** Ours, with bias and cast. */
    FIXLANE_U8(false, FixlaneGemm::new),
    /** oneDNN, with bias and cast. */
    ONEDNN_S8(true, OneDnnGemm::new),
    /** oneDNN, with bias and cast. */
    ONEDNN_U8(false, OneDnnGemm::new),
    /** ONNX Runtime, with the cast. */
    ONNXRUNTIME_QLINEARMATMUL_S8(true, task -> new OnnxGemm(task, true)),
    /** ONNX Runtime, with the cast. */
    ONNXRUNTIME_QLINEARMATMUL_U8(false, task -> new OnnxGemm(task, true)),
    /** ONNX Runtime, sums. */
    ONNXRUNTIME_MATMULINTEGER_S8(true, task -> new OnnxGemm(task, false)),
    /** ONNX Runtime, sums. */
    ONNXRUNTIME_MATMULINTEGER_U8(false, task -> new OnnxGemm(task, false)),
    /** oneDNN in float, sums. */
    ONEDNN_FLOAT_S8(true, OneDnnFloatGemm::new),
    /** libtorch in float, sums. */
    LIBTORCH_FLOAT_S8(true, TorchFloatGemm::new),
    /** Lucene's dot products, sums. */
    LUCENE_S8(true, LuceneGemm::new),
    /** Plain loops, sums. */
    JAVA_S8(true, PlainGemm::new);

    private final boolean signed;
    private final Function<GemmTask, Peer> maker;

    Library(boolean signed, Function<GemmTask, Peer> maker) {
      this.signed = signed;
      this.maker = maker;
    }
  }

  /** Who computes. */
  @Param
  public Library library;

  /** The sizes m x k x n. */
  @Param({"64x64x64", "512x512x512", "3136x576x64", "1x4096x4096"})
  public String shape;

  Verdict verdict;
  private Peer peer;
  private long macs;

  /** Places the operands and checks the product. */
  @Setup
  public void setup() {
    GemmTask task = new GemmTask(library.signed, shape);
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
