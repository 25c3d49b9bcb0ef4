package io.fixlane.jmh.peers;

import ai.onnxruntime.OnnxJavaType;
import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.check.RandomWords;
import io.fixlane.jmh.count.WordCounter;
import io.fixlane.jmh.peers.library.OnnxModel;
import io.fixlane.jmh.peers.library.OnnxSession;
import io.fixlane.kernels.Elementwise;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
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
 * How many sums and products of words of 8 bits are made a second, in one thread, rounding ties to
 * even and saturating, ours and by ONNX Runtime's QLinearAdd and QLinearMul? Both give the same
 * words.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class ElementwisePeers {
  private static final FixedFormat FORMAT = FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");

  /** What is computed. */
  public enum Operation {
    /** s8 + s8 into s8. */
    ADD_S8("QLinearAdd", Elementwise.add(FORMAT, FORMAT, FORMAT), Fixed::plus),
    /** s8 x s8 into s8. */
    MULTIPLY_S8("QLinearMul", Elementwise.multiply(FORMAT, FORMAT, FORMAT), Fixed::times);

    private final String operator;
    private final Elementwise plan;
    private final BinaryOperator<Fixed> exact;

    Operation(String operator, Elementwise plan, BinaryOperator<Fixed> exact) {
      this.operator = operator;
      this.plan = plan;
      this.exact = exact;
    }

    /** Returns the reference's words. */
    private byte[] words(FixedTensor a, FixedTensor b) {
      byte[] words = new byte[Math.toIntExact(a.size())];
      for (int i = 0; i < words.length; i++) {
        words[i] = exact.apply(a.value(i), b.value(i)).cast(FORMAT).raw().byteValueExact();
      }
      return words;
    }
  }

  /** Who computes. */
  public enum Library {
    /** Ours. */
    FIXLANE {
      @Override
      Peer open(Operation operation, FixedTensor a, FixedTensor b) {
        return new FixlaneElementwise(operation, a, b);
      }
    },
    /** ONNX Runtime. */
    ONNXRUNTIME {
      @Override
      Peer open(Operation operation, FixedTensor a, FixedTensor b) {
        return new OnnxElementwise(operation, a, b);
      }
    };

    abstract Peer open(Operation operation, FixedTensor a, FixedTensor b);
  }

  private record FixlaneElementwise(
      Operation operation, FixedTensor a, FixedTensor b, FixedTensor results) implements Peer {
    FixlaneElementwise(Operation operation, FixedTensor a, FixedTensor b) {
      this(operation, a, b, FixedTensor.allocate(FORMAT, a.shape()));
    }

    @Override
    public void run() {
      operation.plan.run(a, b, results);
    }

    @Override
    public Verdict check() {
      return Verdict.of(operation.words(a, b), results.segment().toArray(ValueLayout.JAVA_BYTE))
          .ofOurs();
    }
  }

  private static final class OnnxElementwise implements Peer {
    private final Operation operation;
    private final FixedTensor a;
    private final FixedTensor b;
    private final OnnxSession session;
    private final ByteBuffer results;

    OnnxElementwise(Operation operation, FixedTensor a, FixedTensor b) {
      this.operation = operation;
      this.a = a;
      this.b = b;
      int size = Math.toIntExact(a.size());
      float scale = Math.scalb(1f, -FORMAT.fractionBits());
      session = new OnnxSession(new OnnxModel(operation.operator, true)
          .input("a", OnnxModel.Type.INT8, size)
          .scale("aScale", scale).zeroPoint("aZero", OnnxModel.Type.INT8, 0)
          .input("b", OnnxModel.Type.INT8, size)
          .scale("bScale", scale).zeroPoint("bZero", OnnxModel.Type.INT8, 0)
          .scale("yScale", scale).zeroPoint("yZero", OnnxModel.Type.INT8, 0)
          .write("y", OnnxModel.Type.INT8, size))
          .input("a", OnnxJavaType.INT8, a.segment().toArray(ValueLayout.JAVA_BYTE), size)
          .input("b", OnnxJavaType.INT8, b.segment().toArray(ValueLayout.JAVA_BYTE), size);
      results = session.output("y", OnnxJavaType.INT8, size, size);
    }

    @Override
    public void run() {
      session.run();
    }

    @Override
    public Verdict check() {
      byte[] words = new byte[results.capacity()];
      results.get(0, words);
      return Verdict.of(operation.words(a, b), words);
    }

    @Override
    public void close() {
      session.close();
    }
  }

  /** Who computes. */
  @Param
  public Library library;

  /** What is computed. */
  @Param
  public Operation operation;

  /** The number of words: 4,096 stay in the first cache, 1,048,576 in the last. */
  @Param({"4096", "1048576"})
  public int words;

  Verdict verdict;
  private Peer peer;

  /** Places the operands and checks the results. */
  @Setup
  public void setup() {
    FixedTensor a = RandomWords.uniform(FORMAT, 1, words);
    FixedTensor b = RandomWords.skewed(FORMAT, 2, words);
    peer = library.open(operation, a, b);
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
  public void run(WordCounter counter) {
    peer.run();
    counter.words += words;
  }
}
