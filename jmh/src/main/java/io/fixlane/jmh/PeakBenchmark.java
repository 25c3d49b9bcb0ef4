package io.fixlane.jmh;

import io.fixlane.jmh.count.MacCounter;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many multiply-adds a second can one core do, in each unit that sums products?
 *
 * <p>A tile of 4 x 4 vectors, or fewer where there are few registers, sums products of words that
 * are broadcast and of vectors, both from the L1 cache: the innermost loop of a matrix product and
 * nothing else. All operands are 1, so that a sum counts its products, which is checked.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class PeakBenchmark {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int STEPS = 64;
  private static final int PASSES = 8;
  // A tile of 4 x 4 vectors, the weights of a step and an activation need 21 of the 32 registers
  // that most machines have. Without AVX-512, x86 has 16, and the tiles are those that measure best
  // of all: 6 x 2 of floats and doubles, 2 x 4 of 16 bits, 4 x 2 of the others.
  private static final boolean FOUR = VectorShape.preferredShape() == VectorShape.S_512_BIT
      || !Set.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
  private static final int ROWS = FOUR ? 4 : 6;
  private static final int VECTORS = FOUR ? 4 : 2;
  private static final int ROWS_OF_SHORTS = FOUR ? 4 : 2;
  private final float[] floats = new float[STEPS * ROWS];
  private final float[] floatPanel = new float[STEPS * VECTORS * FLOATS.length()];
  private final double[] doubles = new double[STEPS * ROWS];
  private final double[] doublePanel = new double[STEPS * VECTORS * DOUBLES.length()];
  private final short[] shorts = new short[STEPS * ROWS_OF_SHORTS];
  private final short[] shortPanel = new short[STEPS * 4 * SHORTS.length()];
  private final int[] ints = new int[STEPS * 4];
  private final int[] intPanel = new int[STEPS * VECTORS * INTS.length()];
  private final long[] longs = new long[STEPS * 4];
  private final long[] longPanel = new long[STEPS * VECTORS * LONGS.length()];

  /** Makes the operands. */
  @Setup
  public void setup() {
    Arrays.fill(floats, 1);
    Arrays.fill(floatPanel, 1);
    Arrays.fill(doubles, 1);
    Arrays.fill(doublePanel, 1);
    Arrays.fill(shorts, (short) 1);
    Arrays.fill(shortPanel, (short) 1);
    Arrays.fill(ints, 1);
    Arrays.fill(intPanel, 1);
    Arrays.fill(longs, -1);
  }

  /** Counts the products of a tile of so many vectors, whose sums each got so many. */
  private static void count(MacCounter counter, int vectors, int lanes, long got) {
    int products = PASSES * STEPS * vectors;
    if (products != got) {
      throw new IllegalStateException("a sum is " + got + ": it must be " + products);
    }
    counter.macs += (long) products * lanes;
  }

  /** Fused multiply-adds of floats: exact on integers up to 2<sup>24</sup>. */
  @Benchmark
  public void f32(MacCounter counter) {
    FloatVector c00 = FloatVector.zero(FLOATS);
    FloatVector c01 = c00;
    FloatVector c02 = c00;
    FloatVector c03 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c12 = c00;
    FloatVector c13 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c22 = c00;
    FloatVector c23 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c32 = c00;
    FloatVector c33 = c00;
    FloatVector c40 = c00;
    FloatVector c41 = c00;
    FloatVector c50 = c00;
    FloatVector c51 = c00;
    for (int pass = 0; pass < PASSES; pass++) {
      for (int k = 0; k < STEPS; k++) {
        int p = k * VECTORS * c00.length();
        FloatVector b0 = FloatVector.fromArray(FLOATS, floatPanel, p);
        FloatVector b1 = FloatVector.fromArray(FLOATS, floatPanel, p + c00.length());
        FloatVector b2 =
            FOUR ? FloatVector.fromArray(FLOATS, floatPanel, p + 2 * c00.length()) : b1;
        FloatVector b3 =
            FOUR ? FloatVector.fromArray(FLOATS, floatPanel, p + 3 * c00.length()) : b1;
        FloatVector x = FloatVector.broadcast(FLOATS, floats[k * ROWS]);
        c00 = x.fma(b0, c00);
        c01 = x.fma(b1, c01);
        c02 = FOUR ? x.fma(b2, c02) : c02;
        c03 = FOUR ? x.fma(b3, c03) : c03;
        x = FloatVector.broadcast(FLOATS, floats[k * ROWS + 1]);
        c10 = x.fma(b0, c10);
        c11 = x.fma(b1, c11);
        c12 = FOUR ? x.fma(b2, c12) : c12;
        c13 = FOUR ? x.fma(b3, c13) : c13;
        x = FloatVector.broadcast(FLOATS, floats[k * ROWS + 2]);
        c20 = x.fma(b0, c20);
        c21 = x.fma(b1, c21);
        c22 = FOUR ? x.fma(b2, c22) : c22;
        c23 = FOUR ? x.fma(b3, c23) : c23;
        x = FloatVector.broadcast(FLOATS, floats[k * ROWS + 3]);
        c30 = x.fma(b0, c30);
        c31 = x.fma(b1, c31);
        c32 = FOUR ? x.fma(b2, c32) : c32;
        c33 = FOUR ? x.fma(b3, c33) : c33;
        if (!FOUR) {
          x = FloatVector.broadcast(FLOATS, floats[k * ROWS + 4]);
          c40 = x.fma(b0, c40);
          c41 = x.fma(b1, c41);
          x = FloatVector.broadcast(FLOATS, floats[k * ROWS + 5]);
          c50 = x.fma(b0, c50);
          c51 = x.fma(b1, c51);
        }
      }
    }
    FloatVector sum = c00.add(c01).add(c02).add(c03).add(c10).add(c11).add(c12).add(c13).add(c20)
        .add(c21).add(c22).add(c23).add(c30).add(c31).add(c32).add(c33).add(c40).add(c41).add(c50)
        .add(c51);
    count(counter, ROWS * VECTORS, c00.length(), (long) sum.lane(0));
  }

  /** Fused multiply-adds of doubles: exact on integers up to 2<sup>53</sup>. */
  @Benchmark
  public void f64(MacCounter counter) {
    DoubleVector c00 = DoubleVector.zero(DOUBLES);
    DoubleVector c01 = c00;
    DoubleVector c02 = c00;
    DoubleVector c03 = c00;
    DoubleVector c10 = c00;
    DoubleVector c11 = c00;
    DoubleVector c12 = c00;
    DoubleVector c13 = c00;
    DoubleVector c20 = c00;
    DoubleVector c21 = c00;
    DoubleVector c22 = c00;
    DoubleVector c23 = c00;
    DoubleVector c30 = c00;
    DoubleVector c31 = c00;
    DoubleVector c32 = c00;
    DoubleVector c33 = c00;
    DoubleVector c40 = c00;
    DoubleVector c41 = c00;
    DoubleVector c50 = c00;
    DoubleVector c51 = c00;
    for (int pass = 0; pass < PASSES; pass++) {
      for (int k = 0; k < STEPS; k++) {
        int p = k * VECTORS * c00.length();
        DoubleVector b0 = DoubleVector.fromArray(DOUBLES, doublePanel, p);
        DoubleVector b1 = DoubleVector.fromArray(DOUBLES, doublePanel, p + c00.length());
        DoubleVector b2 =
            FOUR ? DoubleVector.fromArray(DOUBLES, doublePanel, p + 2 * c00.length()) : b1;
        DoubleVector b3 =
            FOUR ? DoubleVector.fromArray(DOUBLES, doublePanel, p + 3 * c00.length()) : b1;
        DoubleVector x = DoubleVector.broadcast(DOUBLES, doubles[k * ROWS]);
        c00 = x.fma(b0, c00);
        c01 = x.fma(b1, c01);
        c02 = FOUR ? x.fma(b2, c02) : c02;
        c03 = FOUR ? x.fma(b3, c03) : c03;
        x = DoubleVector.broadcast(DOUBLES, doubles[k * ROWS + 1]);
        c10 = x.fma(b0, c10);
        c11 = x.fma(b1, c11);
        c12 = FOUR ? x.fma(b2, c12) : c12;
        c13 = FOUR ? x.fma(b3, c13) : c13;
        x = DoubleVector.broadcast(DOUBLES, doubles[k * ROWS + 2]);
        c20 = x.fma(b0, c20);
        c21 = x.fma(b1, c21);
        c22 = FOUR ? x.fma(b2, c22) : c22;
        c23 = FOUR ? x.fma(b3, c23) : c23;
        x = DoubleVector.broadcast(DOUBLES, doubles[k * ROWS + 3]);
        c30 = x.fma(b0, c30);
        c31 = x.fma(b1, c31);
        c32 = FOUR ? x.fma(b2, c32) : c32;
        c33 = FOUR ? x.fma(b3, c33) : c33;
        if (!FOUR) {
          x = DoubleVector.broadcast(DOUBLES, doubles[k * ROWS + 4]);
          c40 = x.fma(b0, c40);
          c41 = x.fma(b1, c41);
          x = DoubleVector.broadcast(DOUBLES, doubles[k * ROWS + 5]);
          c50 = x.fma(b0, c50);
          c51 = x.fma(b1, c51);
        }
      }
    }
    DoubleVector sum = c00.add(c01).add(c02).add(c03).add(c10).add(c11).add(c12).add(c13).add(c20)
        .add(c21).add(c22).add(c23).add(c30).add(c31).add(c32).add(c33).add(c40).add(c41).add(c50)
        .add(c51);
    count(counter, ROWS * VECTORS, c00.length(), (long) sum.lane(0));
  }

  /** Multiplications and additions in lanes of 16 bits. */
  @Benchmark
  public void int16(MacCounter counter) {
    ShortVector c00 = ShortVector.zero(SHORTS);
    ShortVector c01 = c00;
    ShortVector c02 = c00;
    ShortVector c03 = c00;
    ShortVector c10 = c00;
    ShortVector c11 = c00;
    ShortVector c12 = c00;
    ShortVector c13 = c00;
    ShortVector c20 = c00;
    ShortVector c21 = c00;
    ShortVector c22 = c00;
    ShortVector c23 = c00;
    ShortVector c30 = c00;
    ShortVector c31 = c00;
    ShortVector c32 = c00;
    ShortVector c33 = c00;
    for (int pass = 0; pass < PASSES; pass++) {
      for (int k = 0; k < STEPS; k++) {
        int p = k * 4 * c00.length();
        ShortVector b0 = ShortVector.fromArray(SHORTS, shortPanel, p);
        ShortVector b1 = ShortVector.fromArray(SHORTS, shortPanel, p + c00.length());
        ShortVector b2 = ShortVector.fromArray(SHORTS, shortPanel, p + 2 * c00.length());
        ShortVector b3 = ShortVector.fromArray(SHORTS, shortPanel, p + 3 * c00.length());
        ShortVector x = ShortVector.broadcast(SHORTS, shorts[k * ROWS_OF_SHORTS]);
        c00 = x.mul(b0).add(c00);
        c01 = x.mul(b1).add(c01);
        c02 = x.mul(b2).add(c02);
        c03 = x.mul(b3).add(c03);
        x = ShortVector.broadcast(SHORTS, shorts[k * ROWS_OF_SHORTS + 1]);
        c10 = x.mul(b0).add(c10);
        c11 = x.mul(b1).add(c11);
        c12 = x.mul(b2).add(c12);
        c13 = x.mul(b3).add(c13);
        if (FOUR) {
          x = ShortVector.broadcast(SHORTS, shorts[k * ROWS_OF_SHORTS + 2]);
          c20 = x.mul(b0).add(c20);
          c21 = x.mul(b1).add(c21);
          c22 = x.mul(b2).add(c22);
          c23 = x.mul(b3).add(c23);
          x = ShortVector.broadcast(SHORTS, shorts[k * ROWS_OF_SHORTS + 3]);
          c30 = x.mul(b0).add(c30);
          c31 = x.mul(b1).add(c31);
          c32 = x.mul(b2).add(c32);
          c33 = x.mul(b3).add(c33);
        }
      }
    }
    ShortVector sum = c00.add(c01).add(c02).add(c03).add(c10).add(c11).add(c12).add(c13).add(c20)
        .add(c21).add(c22).add(c23).add(c30).add(c31).add(c32).add(c33);
    count(counter, ROWS_OF_SHORTS * 4, c00.length(), sum.lane(0));
  }

  /** Multiplications and additions in lanes of 32 bits. */
  @Benchmark
  public void int32(MacCounter counter) {
    IntVector c00 = IntVector.zero(INTS);
    IntVector c01 = c00;
    IntVector c02 = c00;
    IntVector c03 = c00;
    IntVector c10 = c00;
    IntVector c11 = c00;
    IntVector c12 = c00;
    IntVector c13 = c00;
    IntVector c20 = c00;
    IntVector c21 = c00;
    IntVector c22 = c00;
    IntVector c23 = c00;
    IntVector c30 = c00;
    IntVector c31 = c00;
    IntVector c32 = c00;
    IntVector c33 = c00;
    for (int pass = 0; pass < PASSES; pass++) {
      for (int k = 0; k < STEPS; k++) {
        int p = k * VECTORS * c00.length();
        IntVector b0 = IntVector.fromArray(INTS, intPanel, p);
        IntVector b1 = IntVector.fromArray(INTS, intPanel, p + c00.length());
        IntVector b2 = FOUR ? IntVector.fromArray(INTS, intPanel, p + 2 * c00.length()) : b1;
        IntVector b3 = FOUR ? IntVector.fromArray(INTS, intPanel, p + 3 * c00.length()) : b1;
        IntVector x = IntVector.broadcast(INTS, ints[k * 4]);
        c00 = x.mul(b0).add(c00);
        c01 = x.mul(b1).add(c01);
        c02 = FOUR ? x.mul(b2).add(c02) : c02;
        c03 = FOUR ? x.mul(b3).add(c03) : c03;
        x = IntVector.broadcast(INTS, ints[k * 4 + 1]);
        c10 = x.mul(b0).add(c10);
        c11 = x.mul(b1).add(c11);
        c12 = FOUR ? x.mul(b2).add(c12) : c12;
        c13 = FOUR ? x.mul(b3).add(c13) : c13;
        x = IntVector.broadcast(INTS, ints[k * 4 + 2]);
        c20 = x.mul(b0).add(c20);
        c21 = x.mul(b1).add(c21);
        c22 = FOUR ? x.mul(b2).add(c22) : c22;
        c23 = FOUR ? x.mul(b3).add(c23) : c23;
        x = IntVector.broadcast(INTS, ints[k * 4 + 3]);
        c30 = x.mul(b0).add(c30);
        c31 = x.mul(b1).add(c31);
        c32 = FOUR ? x.mul(b2).add(c32) : c32;
        c33 = FOUR ? x.mul(b3).add(c33) : c33;
      }
    }
    IntVector sum = c00.add(c01).add(c02).add(c03).add(c10).add(c11).add(c12).add(c13).add(c20)
        .add(c21).add(c22).add(c23).add(c30).add(c31).add(c32).add(c33);
    count(counter, 4 * VECTORS, c00.length(), sum.lane(0));
  }

  /** Products of +-1 in one bit each, summed by XOR and popcount. */
  @Benchmark
  public void popcount(MacCounter counter) {
    LongVector c00 = LongVector.zero(LONGS);
    LongVector c01 = c00;
    LongVector c02 = c00;
    LongVector c03 = c00;
    LongVector c10 = c00;
    LongVector c11 = c00;
    LongVector c12 = c00;
    LongVector c13 = c00;
    LongVector c20 = c00;
    LongVector c21 = c00;
    LongVector c22 = c00;
    LongVector c23 = c00;
    LongVector c30 = c00;
    LongVector c31 = c00;
    LongVector c32 = c00;
    LongVector c33 = c00;
    for (int pass = 0; pass < PASSES; pass++) {
      for (int k = 0; k < STEPS; k++) {
        int p = k * VECTORS * c00.length();
        LongVector b0 = LongVector.fromArray(LONGS, longPanel, p);
        LongVector b1 = LongVector.fromArray(LONGS, longPanel, p + c00.length());
        LongVector b2 = FOUR ? LongVector.fromArray(LONGS, longPanel, p + 2 * c00.length()) : b1;
        LongVector b3 = FOUR ? LongVector.fromArray(LONGS, longPanel, p + 3 * c00.length()) : b1;
        LongVector x = LongVector.broadcast(LONGS, longs[k * 4]);
        c00 = x.lanewise(VectorOperators.XOR, b0).lanewise(VectorOperators.BIT_COUNT).add(c00);
        c01 = x.lanewise(VectorOperators.XOR, b1).lanewise(VectorOperators.BIT_COUNT).add(c01);
        c02 = FOUR
            ? x.lanewise(VectorOperators.XOR, b2).lanewise(VectorOperators.BIT_COUNT).add(c02)
            : c02;
        c03 = FOUR
            ? x.lanewise(VectorOperators.XOR, b3).lanewise(VectorOperators.BIT_COUNT).add(c03)
            : c03;
        x = LongVector.broadcast(LONGS, longs[k * 4 + 1]);
        c10 = x.lanewise(VectorOperators.XOR, b0).lanewise(VectorOperators.BIT_COUNT).add(c10);
        c11 = x.lanewise(VectorOperators.XOR, b1).lanewise(VectorOperators.BIT_COUNT).add(c11);
        c12 = FOUR
            ? x.lanewise(VectorOperators.XOR, b2).lanewise(VectorOperators.BIT_COUNT).add(c12)
            : c12;
        c13 = FOUR
            ? x.lanewise(VectorOperators.XOR, b3).lanewise(VectorOperators.BIT_COUNT).add(c13)
            : c13;
        x = LongVector.broadcast(LONGS, longs[k * 4 + 2]);
        c20 = x.lanewise(VectorOperators.XOR, b0).lanewise(VectorOperators.BIT_COUNT).add(c20);
        c21 = x.lanewise(VectorOperators.XOR, b1).lanewise(VectorOperators.BIT_COUNT).add(c21);
        c22 = FOUR
            ? x.lanewise(VectorOperators.XOR, b2).lanewise(VectorOperators.BIT_COUNT).add(c22)
            : c22;
        c23 = FOUR
            ? x.lanewise(VectorOperators.XOR, b3).lanewise(VectorOperators.BIT_COUNT).add(c23)
            : c23;
        x = LongVector.broadcast(LONGS, longs[k * 4 + 3]);
        c30 = x.lanewise(VectorOperators.XOR, b0).lanewise(VectorOperators.BIT_COUNT).add(c30);
        c31 = x.lanewise(VectorOperators.XOR, b1).lanewise(VectorOperators.BIT_COUNT).add(c31);
        c32 = FOUR
            ? x.lanewise(VectorOperators.XOR, b2).lanewise(VectorOperators.BIT_COUNT).add(c32)
            : c32;
        c33 = FOUR
            ? x.lanewise(VectorOperators.XOR, b3).lanewise(VectorOperators.BIT_COUNT).add(c33)
            : c33;
      }
    }
    LongVector sum = c00.add(c01).add(c02).add(c03).add(c10).add(c11).add(c12).add(c13).add(c20)
        .add(c21).add(c22).add(c23).add(c30).add(c31).add(c32).add(c33);
    count(counter, 4 * VECTORS, c00.length() * Long.SIZE, sum.lane(0) / Long.SIZE);
  }
}
