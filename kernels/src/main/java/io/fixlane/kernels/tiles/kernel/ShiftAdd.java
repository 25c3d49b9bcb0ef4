package io.fixlane.kernels.tiles.kernel;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.ShiftTerm;
import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.tiles.pack.WeightLayout;
import io.fixlane.kernels.tiles.pack.TermPlanes;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Function;
import jdk.incubator.vector.VectorOperators;
import org.jspecify.annotations.Nullable;

/** Shifts by the terms of K-hot weights, one plane after the other, and additions. */
final class ShiftAdd extends Unit {
  private static final Tiles TILES = new Tiles(new int[] {6}, new int[] {12});

  ShiftAdd(Container lane, Rates rates, @Nullable Function<TileShape, MicroKernel> scalar) {
    super("int" + lane.bits() + " shift-add", lane, lane, rates, TILES, scalar);
  }

  @Override
  public @Nullable String refusal(
      FixedFormat activations, FixedFormat weights, boolean lanewise) {
    return weights.width() >= lane().bits() ? "a shift can be " + lane().bits() : null;
  }

  @Override
  public @Nullable WeightLayout layout(FixedFormat activations, WeightMatrix weights,
      @Nullable TermPlanes terms, int lanes) {
    return terms;
  }

  @Override
  boolean loopsOverPlanes() {
    return true;
  }

  @Override
  void accumulate(VectorCode vectors, int accumulator, int x, int term) {
    CodeBuilder code = vectors.code();
    ClassDesc type = VectorCode.type(lane());
    MethodTypeDesc binary = MethodTypeDesc.of(type, VectorCode.VECTOR);
    MethodTypeDesc lanewise = MethodTypeDesc.of(type, VectorCode.BINARY, VectorCode.VECTOR);
    code.aload(accumulator);
    vectors.exact(lane());
    code.aload(x);
    vectors.operator("LSHL", VectorOperators.Binary.class);
    code.aload(term).invokevirtual(type, "lanewise", lanewise);
    present(vectors, term);
    code.invokevirtual(type, "and", binary);
    vectors.operator("XOR", VectorOperators.Associative.class);
    negative(vectors, term);
    code.invokevirtual(type, "lanewise", lanewise);
    negative(vectors, term);
    code.invokevirtual(type, "sub", binary).invokevirtual(type, "add", binary);
  }

  /** Pushes all ones in the lanes whose term is subtracted, else 0. */
  private void negative(VectorCode vectors, int term) {
    vectors.code().aload(term);
    vectors.shiftBy(lane(), "ASHR", lane().bits() - 1);
  }

  /** Pushes all ones in the lanes that have a term, else 0. */
  private void present(VectorCode vectors, int term) {
    vectors.code().aload(term);
    vectors.shiftBy(lane(), "LSHL", lane().bits() - 1 - ShiftTerm.PRESENT_BIT);
    vectors.shiftBy(lane(), "ASHR", lane().bits() - 1);
  }
}
