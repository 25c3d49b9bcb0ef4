package io.fixlane.kernels.tiles.kernel;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.machine.DotInstructions;
import io.fixlane.kernels.tiles.pack.DotLayout;
import io.fixlane.kernels.tiles.pack.DotRows;
import io.fixlane.kernels.tiles.pack.Rows;
import io.fixlane.kernels.tiles.pack.TermPlanes;
import io.fixlane.kernels.tiles.pack.WeightLayout;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import org.jspecify.annotations.Nullable;

/**
 * Sums of four products of bytes, or of two products of words of 16 bits, added to sums of 32 bits
 * by machine code. Sums are exact modulo 2<sup>32</sup>, however they are grouped: where an
 * instruction saturates, the unit takes only weights whose products cannot make it.
 */
abstract sealed class DotProduct extends Unit
    permits X86DotProduct, AmxDotProduct, ArmDotProduct {
  /** The most rows of a tile in vectors: a register points to the activations of each. */
  static final int MAX_ROWS = 8;

  private static final long BIAS = 128;
  /** Weights that fill no more stay in a processor's second cache, and are read fast enough. */
  private static final long CACHED_BYTES = 1 << 20;

  private final DotInstructions instructions;
  private final Container word;
  private final boolean signed;

  /**
   * Describes a unit.
   *
   * @param label the instruction that multiplies
   * @param instructions what it is made of
   * @param word what activations and weights are: bytes or words of 16 bits
   * @param signed whether it multiplies signed activations, and else unsigned ones; bytes of the
   *     other sign are made such
   * @param rates as {@link Unit} has them
   * @param rows the rows of tiles of one vector, of two, and so on
   */
  DotProduct(String label, DotInstructions instructions, Container word, boolean signed,
      Rates rates, int[] rows) {
    super(label, Container.INT, Container.INT, rates, new Tiles(rows, rows), null);
    this.instructions = instructions;
    this.word = word;
    this.signed = signed;
  }

  /** Returns the code of the micro-kernel for tiles of a shape. */
  abstract byte[] code(TileShape shape);

  /** Returns the code that casts sums before it stores them, or null where there is none. */
  byte @Nullable [] castingCode(TileShape shape, RegisterCast.Form form) {
    return null;
  }

  @Override
  @Nullable
  String complaint() {
    return DotCanary.complaint(this);
  }

  /** Returns whether no sum of a few products, for any activations, leaves what holds it. */
  boolean exact(FixedFormat activations, WeightMatrix weights) {
    return true;
  }

  /** Returns the most bits of weights whose products with all activations are exact. */
  int weightBits() {
    return word.bits();
  }

  /**
   * Returns how weights lie in half the memory, or null where they do not.
   *
   * @param maxVectors the most vectors of a panel
   */
  @Nullable
  WeightLayout half(WeightMatrix weights, int maxVectors) {
    return null;
  }

  /** Returns whether it has code for columns with activations of their own. */
  boolean lanewise() {
    return false;
  }

  @Override
  final int mostLanewise() {
    return Integer.MAX_VALUE;
  }

  /** Returns the shape of whole tiles of so many vectors, whose steps serve all columns. */
  final TileShape shape(int vectors) {
    return shape(Access.BROADCAST, vectors);
  }

  /** Returns the shape of whole tiles of so many vectors. */
  final TileShape shape(Access access, int vectors) {
    int bits = instructions.bits();
    return new TileShape(
        this, access, lane(), 1, TileShape.rows(this, access, vectors, bits), vectors, bits);
  }

  final DotInstructions instructions() {
    return instructions;
  }

  /** Returns whether the activations that are multiplied are signed. */
  final boolean signed() {
    return signed;
  }

  @Override
  public int vectorBits(int bits) {
    return instructions.bits();
  }

  @Override
  public @Nullable String refusal(
      FixedFormat activations, FixedFormat weights, boolean lanewise) {
    if (lanewise && !lanewise()) {
      return "each column has activations of its own, and it reads the same for all";
    }
    // Words of 16 bits are signed.
    int bits = activations.width() + (word == Container.SHORT && !activations.signed() ? 1 : 0);
    return bits > word.bits()
        ? "activations are " + activations + ", and it multiplies "
            + (word == Container.BYTE ? "words" : "signed words") + " of " + word.bits() + " bits"
        : null;
  }

  @Override
  public @Nullable WeightLayout layout(FixedFormat activations, WeightMatrix weights,
      @Nullable TermPlanes terms, int lanes) {
    return new DotLayout(word).holds(weights) && exact(activations, weights)
        ? packed(weights, TileShape.maxVectors(this, instructions.bits()))
        : null;
  }

  /**
   * Returns how weights lie that are not too wide: in half the memory where they are many, and fit.
   *
   * @param maxVectors the most vectors of a panel
   */
  final WeightLayout packed(WeightMatrix weights, int maxVectors) {
    boolean large = (long) weights.k() * weights.n() * word.bytes() > CACHED_BYTES;
    WeightLayout half = large ? half(weights, maxVectors) : null;
    return half == null ? new DotLayout(word) : half;
  }

  @Override
  public String misfit(int lanes) {
    return "a weight has more than " + word.bits() + " bits";
  }

  @Override
  public Container activation() {
    return word;
  }

  @Override
  public long offset(FixedFormat activations) {
    if (word == Container.SHORT || activations.signed() == signed) {
      return 0;
    }
    return signed ? -BIAS : BIAS;
  }

  @Override
  public Rows rows(Rows source, WeightLayout layout, int bits) {
    return new DotRows(source, word, layout.group());
  }

  @Override
  MicroKernel kernel(TileShape shape) {
    return new DotKernel(this, shape);
  }

  @Override
  @Nullable
  MicroKernel kernel(TileShape shape, RegisterCast cast) {
    return DotKernel.casting(this, shape, cast);
  }
}
