package io.fixlane.jmh;

import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.check.GemmCheck;
import io.fixlane.jmh.check.RandomWords;
import io.fixlane.jmh.count.MacCounter;
import io.fixlane.jmh.count.Traffic;
import io.fixlane.kernels.tiles.UnitSums;
import io.fixlane.tensor.FixedTensor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
 * How many multiply-adds a second does each unit of the kernels make, where a plan would take the
 * fastest: the sums of a product alone, once all units have run in the JVM? A unit that is not
 * there, or is not exact on the operands, makes none.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {"--add-modules=jdk.incubator.vector",
  "--enable-native-access=ALL-UNNAMED"})
public class UnitBenchmark {
  /** Whole tiles of every unit but for the last one. */
  private static final int ROWS = 480;
  private static final int WARM_UP_ROWS = 12;
  private static final int WARM_UP_RUNS = 300;
  private static final FixedFormat SUM = FixedFormat.signed(64, 64);

  /** What is multiplied. */
  public enum Operands {
    /** s4 x -1 and 1: no sum of {@link #size} products of these leaves any lane. */
    S4_SIGNS(4, 2) {
      @Override
      FixedTensor weights(int size) {
        return RandomWords.signs(weight, 2, size, size);
      }
    },
    /** s8 x -1 and 1. */
    S8_SIGNS(8, 2) {
      @Override
      FixedTensor weights(int size) {
        return RandomWords.signs(weight, 2, size, size);
      }
    },
    /** s8 x s6: a lane of 16 bits holds 8 products. */
    S8_S6(8, 6),
    /** s11 x s10: a float holds 32 products. */
    S11_S10(11, 10),
    /** s12 x s11: a float holds 8 products. */
    S12_S11(12, 11),
    /** s16 x s10: a word of 32 bits holds some 256 products. */
    S16_S10(16, 10),
    /** s16 x s16: a word of 32 bits holds two products, and some 512 of bytes of weights. */
    S16_S16(16, 16);

    final FixedFormat activation;
    final FixedFormat weight;

    Operands(int activationBits, int weightBits) {
      this.activation = FixedFormat.signed(activationBits, activationBits);
      this.weight = FixedFormat.signed(weightBits, weightBits);
    }

    FixedTensor weights(int size) {
      return RandomWords.uniform(weight, 2, size, size);
    }
  }

  /** What multiplies. */
  public enum Unit {
    /** Sums of a few products, looked up by their weights. */
    TABLE("table look-up"),
    /** Lanes of 16 bits. */
    INT16("int16 multiply-add"),
    /** Floats. */
    FLOAT32("f32 FMA"),
    /** Lanes of 32 bits. */
    INT32("int32 multiply-add"),
    /** Doubles. */
    FLOAT64("f64 FMA"),
    /** Lanes of 64 bits. */
    INT64("int64 multiply-add"),
    /** Machine code: products of matrices of bytes. */
    TDPBUSD("tdpbusd"),
    /** Machine code: four products of bytes by one instruction. */
    VPDPBUSD("vpdpbusd"),
    /** Machine code: two products of words of 16 bits by one instruction. */
    VPDPWSSD("vpdpwssd"),
    /** Machine code: the same by two instructions. */
    VPMADDWD("vpmaddwd"),
    /** The same for each block, and sums of 64 bits. */
    VPDPWSSD_WIDE("vpdpwssd into 64 bits"),
    /** The same of high and of low bytes of weights. */
    VPDPWSSD_BYTES("vpdpwssd of high and low bytes"),
    /** The same for each block, by two instructions. */
    VPMADDWD_WIDE("vpmaddwd into 64 bits"),
    /** The same of high and of low bytes of weights. */
    VPMADDWD_BYTES("vpmaddwd of high and low bytes"),
    /** Machine code of AArch64: four products of bytes by one instruction. */
    SDOT("sdot");

    private final String label;

    Unit(String label) {
      this.label = label;
    }

    @Nullable
    UnitSums of(FixedFormat activation, FixedTensor weights) {
      return UnitSums.of(label, activation, weights);
    }
  }

  /** Inputs and columns. */
  @Param("512")
  public int size;

  /** What is multiplied. */
  @Param
  public Operands operands;

  /** What multiplies. */
  @Param
  public Unit unit;

  private @Nullable UnitSums plan;
  private FixedTensor a;
  private long traffic;

  /** Packs the weights, warms all units, and checks the one that is measured. */
  @Setup
  public void setup() {
    a = RandomWords.uniform(operands.activation, 1, ROWS, size);
    FixedTensor few = RandomWords.uniform(operands.activation, 1, WARM_UP_ROWS, size);
    FixedTensor weights = operands.weights(size);
    traffic = Traffic.of(a, weights);
    for (Unit warmed : Unit.values()) {
      warm(warmed.of(operands.activation, weights), few);
    }
    plan = unit.of(operands.activation, weights);
    if (plan != null) {
      FixedTensor sums = FixedTensor.allocate(SUM, ROWS, size);
      plan.run(a, sums);
      GemmCheck.sample(a, weights, FixedTensor.allocate(SUM, size), null, false, sums);
    }
  }

  private static void warm(@Nullable UnitSums plan, FixedTensor words) {
    for (int i = 0; i < WARM_UP_RUNS && plan != null; i++) {
      plan.run(words);
    }
  }

  /** Sums products. */
  @Benchmark
  public void sums(MacCounter counter) {
    if (plan != null) {
      plan.run(a);
      counter.add((long) ROWS * size * size, traffic);
    }
  }
}
