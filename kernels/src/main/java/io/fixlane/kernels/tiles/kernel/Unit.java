package io.fixlane.kernels.tiles.kernel;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.cast.ProductRounding;
import io.fixlane.kernels.lanes.compile.HiddenClass;
import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.tiles.pack.WeightLayout;
import io.fixlane.kernels.tiles.pack.Rows;
import io.fixlane.kernels.tiles.pack.SumRange;
import io.fixlane.kernels.tiles.pack.TermPlanes;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import java.lang.invoke.MethodHandles;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A way to sum products of integers in vector lanes, exact as long as a block of them stays in a
 * range. What was summed is added to sums of 32 or 64 bits at the end of each block.
 *
 * <p>A unit says all that there is to say of it: what it sums in and how far that is exact, how
 * fast it is, what it cannot serve, how operands lie for it, and what its micro-kernel is.
 */
public abstract class Unit {
  /** Sums of a few products at once, looked up by the weights. */
  public static final Unit TABLE = new TableLookUp();
  /** Multiplication and addition in lanes of 16 bits, modulo 2<sup>16</sup>. */
  public static final Unit INT16 =
      new MultiplyAdd(Container.SHORT, Container.INT, Rates.INT16, Tiles.HALVES, null);
  /** Fused multiply-add of floats, exact up to 2<sup>24</sup>. */
  public static final Unit FLOAT32 =
      new FusedMultiplyAdd(Container.FLOAT, Container.INT, Rates.FLOAT32, null);
  /** Multiplication and addition modulo 2<sup>32</sup>. */
  public static final Unit INT32 =
      new MultiplyAdd(Container.INT, Container.INT, Rates.INT32, Tiles.WHOLE, ScalarIntKernel::new);
  /** Fused multiply-add of doubles, exact up to 2<sup>53</sup>. */
  public static final Unit FLOAT64 =
      new FusedMultiplyAdd(Container.DOUBLE, Container.LONG, Rates.FLOAT64, null);
  /** Multiplication and addition modulo 2<sup>64</sup>. */
  public static final Unit INT64 =
      new MultiplyAdd(
          Container.LONG, Container.LONG, Rates.INT64, Tiles.WHOLE,
          shape -> new ScalarLongKernel(shape, ProductRounding.NONE));
  /** K-hot weights, each K shifts and additions, modulo 2<sup>32</sup>. */
  public static final Unit SHIFT_ADD32 = new ShiftAdd(Container.INT, Rates.same(0.2), null);
  /** K-hot weights, each K shifts and additions, modulo 2<sup>64</sup>. */
  public static final Unit SHIFT_ADD64 = new ShiftAdd(
      Container.LONG, Rates.same(0.1), ScalarTermKernel::new);
  /** Fused multiply-add of any floats, each rounded: for training, and never for words. */
  public static final Unit ROUNDED_FLOAT32 =
      new FusedMultiplyAdd(
          Container.FLOAT, Container.FLOAT, Rates.FLOAT32, ScalarFloatKernel::new);

  /** The units that multiply by words, in the order in which a plan speaks of them. */
  public static final List<Unit> OF_WORDS = List.of(TABLE, INT16, FLOAT32, INT32, FLOAT64, INT64);
  /** The units that shift by the terms of K-hot words. */
  public static final List<Unit> OF_TERMS = List.of(SHIFT_ADD32, SHIFT_ADD64);

  private final String label;
  private final Container lane;
  private final Container sum;
  private final Rates rates;
  private final Tiles tiles;
  private final @Nullable Function<TileShape, MicroKernel> scalar;

  /**
   * Describes a unit.
   *
   * @param label what it does, in words
   * @param lane what a lane holds
   * @param sum what the sums of blocks are added up in
   * @param rates how fast it is
   * @param tiles its tiles
   * @param scalar its micro-kernel without vectors, or null where it needs these
   */
  Unit(String label, Container lane, Container sum, Rates rates, Tiles tiles,
      @Nullable Function<TileShape, MicroKernel> scalar) {
    this.label = label;
    this.lane = lane;
    this.sum = sum;
    this.rates = rates;
    this.tiles = tiles;
    this.scalar = scalar;
  }

  /** Returns what the unit does, in words. */
  public final String label() {
    return label;
  }

  /** Returns what a lane holds. */
  public final Container lane() {
    return lane;
  }

  /** Returns what the sums of blocks are added up in. */
  public final Container sum() {
    return sum;
  }

  final Tiles tiles() {
    return tiles;
  }

  /**
   * Returns the products a second, relative to {@link #FLOAT32} on vectors of this size, for each
   * weight in a word.
   */
  public final double rate(int vectorBits) {
    return rates.of(vectorBits);
  }

  /** Returns the largest magnitude up to which a block's sum is exact on both sides of 0. */
  BigInteger largest() {
    return switch (lane) {
      case FLOAT -> BigInteger.ONE.shiftLeft(Float.PRECISION);
      case DOUBLE -> BigInteger.ONE.shiftLeft(Double.PRECISION);
      case BYTE, SHORT, INT, LONG ->
          BigInteger.ONE.shiftLeft(lane.bits() - 1).subtract(BigInteger.ONE);
    };
  }

  /** Returns the sums of a block that are exact. */
  public final SumRange range() {
    return new SumRange(lane.floating() ? largest().negate() : largest().not(), largest());
  }

  /** Returns the largest sum of a block that is exact, in words: {@code 2^24}, {@code 2^15 - 1}. */
  public final String limit() {
    return lane.floating()
        ? "2^" + largest().getLowestSetBit()
        : "2^" + largest().bitLength() + " - 1";
  }

  /** Returns whether the unit has no scalar loop. */
  public final boolean needsVectors() {
    return scalar == null;
  }

  /**
   * Returns why the unit cannot multiply words of these formats, or null if it can.
   *
   * @param lanewise whether each column has activations of its own
   */
  public @Nullable String refusal(
      FixedFormat activations, FixedFormat weights, boolean lanewise) {
    return null;
  }

  /**
   * Returns how weights lie in panels, or null where they cannot, which {@link #misfit} explains.
   *
   * @param activations the format of what they are multiplied by
   * @param terms their terms, for a unit of these
   * @param lanes the columns of a vector
   */
  public @Nullable WeightLayout layout(FixedFormat activations, WeightMatrix weights,
      @Nullable TermPlanes terms, int lanes) {
    return WeightLayout.words();
  }

  /** Returns why weights do not lie in panels with so many columns to a vector. */
  public String misfit(int lanes) {
    throw new IllegalStateException(label + " takes all weights");
  }

  /** Returns the vector operations that it takes to make what a step reads of a row. */
  public double making(WeightLayout layout) {
    return 0;
  }

  /** Returns how many steps of a tile take as long as a flush of its sums. */
  public double flushSteps(int bits) {
    return TileShape.flushSteps(bits);
  }

  /** Returns the size of the vectors that it uses, where others use vectors of so many bits. */
  public int vectorBits(int bits) {
    return bits;
  }

  /** Returns what activations are widened to. */
  public Container activation() {
    return lane;
  }

  /**
   * Returns what is added to each activation as it is widened: 0, or 128 to multiply signed bytes
   * as unsigned ones, or -128 for the reverse. Sums start as much lower as that makes them higher.
   */
  public long offset(FixedFormat activations) {
    return 0;
  }

  /** Returns rows of what the micro-kernel reads, from rows of activations. */
  public Rows rows(Rows activations, WeightLayout layout, int bits) {
    return activations;
  }

  /** Returns the bytes of what a step reads of a row. */
  public int stepBytes(int bits) {
    return lane.bytes();
  }

  /** Returns the most sums, in vectors, of a tile whose columns have activations of their own. */
  int mostLanewise() {
    // Few steps do not pay for sums that go through memory, and C1 can number the values of so few.
    return 12;
  }

  /** Returns what machine code of the unit computes wrongly here, or null. */
  @Nullable
  String complaint() {
    return null;
  }

  /** Makes a micro-kernel. */
  MicroKernel kernel(TileShape shape) {
    return shape.bits() == 0
        ? scalar.apply(shape)
        : (MicroKernel) HiddenClass.define(MethodHandles.lookup(), TileWriter.write(shape), null);
  }

  /** Makes a micro-kernel that casts whole sums before it stores them; null where none can. */
  @Nullable
  MicroKernel kernel(TileShape shape, RegisterCast cast) {
    return null;
  }

  /** Returns whether a step has a loop over the planes of its weights. */
  boolean loopsOverPlanes() {
    return false;
  }

  /** Pushes what a step at a place reads of a row, the same for all columns. */
  void loadActivation(VectorCode vectors, int a, int place) {
    vectors.broadcast(lane, a, place);
  }

  /** Pushes accumulator + x * weight. */
  void accumulate(VectorCode vectors, int accumulator, int x, int weight) {
    throw new IllegalStateException(label + " is not written as bytecode");
  }

  @Override
  public final String toString() {
    return label;
  }
}
