package io.fixlane.jmh.peers;

import io.fixlane.jmh.TrainingStepBenchmark.Arithmetic;
import io.fixlane.jmh.TrainingStepBenchmark.Network;
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
 * How long does one step of training take, of the networks of {@link
 * io.fixlane.jmh.TrainingStepBenchmark} on the same batch, in float or with fixed-point casts of 8
 * bits, ours and libtorch's, on one thread or two?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class TrainingStepPeers {

  /** Who computes. */
  public enum Library {
    /** Ours: every layer is fixed-point, its sums are integers. */
    FIXLANE,
    /** libtorch: sums are floats. */
    LIBTORCH
  }

  /** Who computes. */
  @Param
  public Library library;

  /** What is trained. */
  @Param
  public Network network;

  /** What the layers compute in. */
  @Param
  public Arithmetic arithmetic;

  /** How many threads compute. */
  @Param({"1", "2"})
  public int threads;

  private Peer peer;

  /** Makes the network and the batch, and checks that it learns the batch. */
  @Setup
  public void setup() {
    peer = switch (library) {
      case FIXLANE -> new FixlaneTrainingStep(network, arithmetic, threads);
      case LIBTORCH -> new TorchTrainingStep(network, arithmetic == Arithmetic.FIXED, threads);
    };
    peer.check().tell();
  }

  /** Gives back what the library holds. */
  @TearDown
  public void tearDown() {
    peer.close();
  }

  /** Takes a step. */
  @Benchmark
  public void step() {
    peer.run();
  }
}
