package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.MicroKernel;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Multiplication and addition of integers, modulo the lane. */
final class MultiplyAdd extends Unit {
  MultiplyAdd(Container lane, Container sum, Rates rates, Tiles tiles,
      @Nullable Function<TileShape, MicroKernel> scalar) {
    super("int" + lane.bits() + " multiply-add", lane, sum, rates, tiles, scalar);
  }

  @Override
  void accumulate(VectorCode vectors, int accumulator, int x, int weight) {
    ClassDesc type = VectorCode.type(lane());
    MethodTypeDesc binary = MethodTypeDesc.of(type, VectorCode.VECTOR);
    vectors.code().aload(accumulator);
    vectors.exact(lane());
    vectors.code().aload(x).aload(weight).invokevirtual(type, "mul", binary)
        .invokevirtual(type, "add", binary);
  }
}
