package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.MicroKernel;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fused multiply-add: of integers exact up to the precision, of other numbers rounded. */
final class FusedMultiplyAdd extends Unit {
  FusedMultiplyAdd(Container lane, Container sum, Rates rates,
      @Nullable Function<TileShape, MicroKernel> scalar) {
    super((sum.floating() ? "rounded f" : "f") + lane.bits() + " FMA", lane, sum, rates,
        Tiles.NUMBERS, scalar);
  }

  @Override
  void accumulate(VectorCode vectors, int accumulator, int x, int weight) {
    ClassDesc type = VectorCode.type(lane());
    vectors.code().aload(x).aload(weight).aload(accumulator).invokevirtual(
        type, "fma", MethodTypeDesc.of(type, VectorCode.VECTOR, VectorCode.VECTOR));
    // Not before it, where C2 has 16 registers and then moves accumulators through memory.
    vectors.exact(lane());
  }
}
