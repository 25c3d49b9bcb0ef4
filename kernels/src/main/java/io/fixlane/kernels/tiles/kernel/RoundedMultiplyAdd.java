package io.fixlane.kernels.tiles.kernel;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.cast.ProductRounding;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Multiplication, a shift that rounds each product, and addition, modulo the lane. */
public final class RoundedMultiplyAdd extends Unit {
  // A product takes twice the calls of the Vector API, of which C2 inlines so many in a method.
  private static final Tiles TILES = new Tiles(new int[] {8, 4, 3}, new int[] {12, 6});
  /** Micro-kernels are kept by their unit, so that there is one for each rounding. */
  private static final Map<ProductRounding, List<Unit>> UNITS = new ConcurrentHashMap<>();

  private final ProductRounding rounding;

  private RoundedMultiplyAdd(Container lane, ProductRounding rounding, Rates rates) {
    super("int" + lane.bits() + " multiply-shift-add", lane, lane, rates, TILES,
        lane == Container.INT ? null : shape -> new ScalarLongKernel(shape, rounding));
    this.rounding = rounding;
  }

  /** Returns the units that round each product so, in lanes of 32 and of 64 bits. */
  public static List<Unit> of(ProductRounding rounding) {
    return UNITS.computeIfAbsent(rounding, key -> List.of(
        new RoundedMultiplyAdd(Container.INT, key, Rates.INT32),
        new RoundedMultiplyAdd(Container.LONG, key, Rates.INT64)));
  }

  @Override
  public @Nullable String refusal(
      FixedFormat activations, FixedFormat weights, boolean lanewise) {
    if (rounding.shift() >= lane().bits()) {
      return "a product is shifted by " + rounding.shift() + " bits";
    }
    BigInteger largest = largest(activations).multiply(largest(weights))
        .add(BigInteger.valueOf(rounding.base()));
    return largest.bitLength() < lane().bits()
        ? null
        : "a product has up to " + (largest.bitLength() + 1) + " bits as it is rounded";
  }

  private static BigInteger largest(FixedFormat format) {
    return format.minRaw().abs().max(format.maxRaw());
  }

  private void loadBase(CodeBuilder code) {
    if (lane() == Container.INT) {
      code.loadConstant((int) rounding.base());
    } else {
      code.loadConstant(rounding.base());
    }
  }

  @Override
  void accumulate(VectorCode vectors, int accumulator, int x, int weight) {
    ClassDesc type = VectorCode.type(lane());
    MethodTypeDesc binary = MethodTypeDesc.of(type, VectorCode.VECTOR);
    vectors.code().aload(accumulator);
    vectors.exact(lane());
    vectors.code().aload(x).aload(weight).invokevirtual(type, "mul", binary);
    if (rounding.base() != 0) {
      ClassDesc number = lane() == Container.INT ? ConstantDescs.CD_int : ConstantDescs.CD_long;
      loadBase(vectors.code());
      vectors.code().invokevirtual(type, "add", MethodTypeDesc.of(type, number));
    }
    vectors.exact(lane());
    vectors.shiftBy(lane(), "ASHR", rounding.shift());
    vectors.code().invokevirtual(type, "add", binary);
  }
}
