package io.fixlane.jmh.peers;

import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
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
 * How long does a predictor of DJL take for a batch of images through a residual network of eight
 * layers and words of 8 bits, floats in and floats out, with our engine and with ONNX Runtime's?
 *
 * <p>A batch of one tells the latency, and a larger one the throughput. Every thread has a
 * predictor of its own, which computes in that thread; {@code -t 2} has two of them on one model.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
      "-Dai.djl.offline=true", "-Dai.djl.default_engine=Fixlane",
      "-Dai.djl.onnx.disable_alternative=true"})
public class DjlPeers {

  /** Who computes. */
  public enum Library {
    /** Ours. */
    FIXLANE("Fixlane"),
    /** ONNX Runtime, on the same network between QuantizeLinear and DequantizeLinear. */
    ONNXRUNTIME("OnnxRuntime");

    final String engine;

    Library(String engine) {
      this.engine = engine;
    }
  }

  /** Who computes. */
  @Param
  public Library library;

  /** How many images a batch has. */
  @Param({"1", "32"})
  public int batch;

  Verdict verdict;
  private DjlModel model;

  /** Loads the model, and compares what it gives with what the network does. */
  @Setup
  public void setup() {
    model = new DjlModel(library, batch);
    verdict = model.check();
    verdict.tell();
  }

  /** Gives back what the model holds. */
  @TearDown
  public void tearDown() {
    model.close();
  }

  /** A thread, with its predictor and its images. */
  @State(Scope.Thread)
  public static class Caller {
    private Predictor<float[], float[]> predictor;
    private float[] images;

    /** Makes the predictor. */
    @Setup
    public void setup(DjlPeers peers) {
      predictor = peers.model.predictor();
      images = peers.model.images();
    }

    /** Closes the predictor. */
    @TearDown
    public void tearDown() {
      predictor.close();
    }
  }

  /** Predicts. */
  @Benchmark
  public float[] predict(Caller caller) throws TranslateException {
    return caller.predictor.predict(caller.images);
  }
}
