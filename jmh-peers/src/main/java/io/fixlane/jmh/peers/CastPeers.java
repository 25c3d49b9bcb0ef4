package io.fixlane.jmh.peers;

import ai.onnxruntime.OnnxJavaType;
import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.count.WordCounter;
import io.fixlane.jmh.peers.library.OnnxModel;
import io.fixlane.jmh.peers.library.OnnxSession;
import io.fixlane.kernels.Cast;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
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
 * How many floats a second are cast to words of 8 bits, in one thread, rounding ties to even and
 * saturating, ours and by ONNX Runtime's QuantizeLinear? Both give the same words.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class CastPeers {
  private static final FixedFormat TARGET = FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");

  /** Who casts. */
  public enum Library {
    /** Ours. */
    FIXLANE {
      @Override
      Peer open(float[] numbers) {
        return new FixlaneCast(numbers);
      }
    },
    /** ONNX Runtime. */
    ONNXRUNTIME_QUANTIZELINEAR {
      @Override
      Peer open(float[] numbers) {
        return new OnnxCast(numbers);
      }
    };

    abstract Peer open(float[] numbers);
  }

  private static final class FixlaneCast implements Peer {
    private final Cast plan = Cast.fromFloat(TARGET);
    private final float[] numbers;
    private final MemorySegment from;
    private final FixedTensor results;

    FixlaneCast(float[] numbers) {
      this.numbers = numbers;
      from = MemorySegment.ofArray(numbers);
      results = FixedTensor.allocate(TARGET, numbers.length);
    }

    @Override
    public void run() {
      plan.run(from, 0, results.segment(), 0, numbers.length);
    }

    @Override
    public Verdict check() {
      return Verdict.of(words(numbers), results.segment().toArray(ValueLayout.JAVA_BYTE)).ofOurs();
    }
  }

  private static final class OnnxCast implements Peer {
    private final OnnxSession session;
    private final float[] numbers;
    private final ByteBuffer results;

    OnnxCast(float[] numbers) {
      this.numbers = numbers;
      session = new OnnxSession(new OnnxModel("QuantizeLinear", false)
          .input("x", OnnxModel.Type.FLOAT, numbers.length)
          .scale("scale", Math.scalb(1f, -TARGET.fractionBits()))
          .zeroPoint("zero", OnnxModel.Type.INT8, 0)
          .write("y", OnnxModel.Type.INT8, numbers.length));
      ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES)
          .order(ByteOrder.nativeOrder());
      bytes.asFloatBuffer().put(numbers);
      session.input("x", OnnxJavaType.FLOAT, bytes.array(), numbers.length);
      results = session.output("y", OnnxJavaType.INT8, numbers.length, numbers.length);
    }

    @Override
    public void run() {
      session.run();
    }

    @Override
    public Verdict check() {
      byte[] words = new byte[numbers.length];
      results.get(0, words);
      return Verdict.of(words(numbers), words);
    }

    @Override
    public void close() {
      session.close();
    }
  }

  /** Returns the reference's words. */
  private static byte[] words(float[] numbers) {
    byte[] words = new byte[numbers.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = Fixed.of(numbers[i]).cast(TARGET).raw().byteValueExact();
    }
    return words;
  }

  /** Who casts. */
  @Param
  public Library library;

  /** The number of words: 4,096 stay in the first cache, 1,048,576 in the last. */
  @Param({"4096", "1048576"})
  public int words;

  Verdict verdict;
  private Peer peer;

  /** Places the numbers and checks the cast. */
  @Setup
  public void setup() {
    Random random = new Random(1);
    float[] numbers = new float[words];
    for (int i = 0; i < words; i++) {
      // One in four lies between two words, where ties and directions show.
      float number = (float) (3 * random.nextGaussian());
      numbers[i] = i % 4 == 0 ? Math.round(64 * number) / 64f : number;
    }
    peer = library.open(numbers);
    peer.run();
    verdict = peer.check();
    verdict.tell();
  }

  /** Gives back what the library holds. */
  @TearDown
  public void tearDown() {
    peer.close();
  }

  /** Casts. */
  @Benchmark
  public void run(WordCounter counter) {
    peer.run();
    counter.words += words;
  }
}
