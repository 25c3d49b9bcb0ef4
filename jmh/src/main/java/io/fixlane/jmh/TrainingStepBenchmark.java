package io.fixlane.jmh;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.fixed.Qfx;
import io.fixlane.autograd.fixed.QfxOptions;
import io.fixlane.autograd.layers.BatchNorm2d;
import io.fixlane.autograd.layers.Bias;
import io.fixlane.autograd.layers.FloatConv2d;
import io.fixlane.autograd.layers.GlobalAveragePool;
import io.fixlane.autograd.layers.Linear;
import io.fixlane.autograd.layers.ReLU;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.autograd.models.Model;
import io.fixlane.autograd.optim.Optimizer;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.optim.Sgd;
import io.fixlane.shape.Window;
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
 * How long does one step of training take, of a convolutional network in float or in its
 * fixed-point twin of 8 bits, on a batch of 64 images, with cross-entropy and SGD?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class TrainingStepBenchmark {
  private static final int BITS = 8;

  /** What is trained. */
  public enum Network {
    /**
     * Images of 28 x 28 x 1; conv 3x3 to 16, batch-norm, relu; conv 3x3 to 32 with stride 2,
     * batch-norm, relu; global average pool; linear to 10.
     */
    SMALL(28, 1) {
      @Override
      Sequential build() {
        SplittableRandom random = new SplittableRandom(1);
        Window same = Window.of(3, 3).withPadding(1, 1);
        return new Sequential(
            new FloatConv2d(1, 16, same, Bias.NONE, random), new BatchNorm2d(16), new ReLU(),
            new FloatConv2d(16, 32, same.withStride(2, 2), Bias.NONE, random), new BatchNorm2d(32),
            new ReLU(),
            new GlobalAveragePool(), new Linear(32, TrainingBatch.CLASSES, random));
      }
    },

    /** {@link Model#RESNET8} on images of 32 x 32 x 3. */
    RESNET8(32, 3) {
      @Override
      Sequential build() {
        return Model.RESNET8.build(
            new int[] {side(), side(), channels()}, TrainingBatch.CLASSES, 1);
      }
    };

    private final int side;
    private final int channels;

    Network(int side, int channels) {
      this.side = side;
      this.channels = channels;
    }

    abstract Sequential build();

    /** Returns the height and the width of its images. */
    public int side() {
      return side;
    }

    /** Returns the channels of its images. */
    public int channels() {
      return channels;
    }
  }

  /** What the layers compute in. */
  public enum Arithmetic {
    /** Floats. */
    FLOAT,
    /** Fixed-point words of 8 bits, all layers. */
    FIXED
  }

  /** What is trained. */
  @Param
  public Network network;

  /** What the layers compute in. */
  @Param
  public Arithmetic arithmetic;

  /** How many threads compute. */
  @Param({"1", "2"})
  public int threads;

  private Workers workers;
  private Tape tape;
  private TapeLayer layers;
  private Optimizer optimizer;
  private Tensor images;
  private int[] labels;

  /** Makes the network and a batch, and checks that it learns the batch. */
  @Setup
  public void setup() {
    workers = Workers.of(threads);
    tape = Tape.training(workers);
    layers = network.build();
    if (arithmetic == Arithmetic.FIXED) {
      layers = Qfx.convert(layers, QfxOptions.bits(BITS));
    }
    optimizer = new Sgd(0.9f, ParameterGroup.of(layers.parameters(), 0.05f));
    TrainingBatch batch = TrainingBatch.of(network);
    labels = batch.labels();
    images = Tensor.of(batch.pixels(), TrainingBatch.SIZE, batch.side(), batch.side(),
        batch.channels());
    TrainingBatch.check(this::step);
  }

  /** Ends the threads. */
  @TearDown
  public void close() {
    workers.close();
  }

  /** Takes a step; returns the loss before it. */
  @Benchmark
  public float step() {
    Tensor loss = tape.softmaxCrossEntropy(layers.forward(tape, images), labels);
    float value = loss.item();
    tape.backward(loss);
    optimizer.step(1);
    tape.reset();
    return value;
  }
}
