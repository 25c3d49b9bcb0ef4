package io.fixlane.kernels.lanes.compile;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.UGT;
import static jdk.incubator.vector.VectorOperators.XOR;

import io.fixlane.kernels.lanes.Species;
import java.lang.invoke.MethodHandles;
import java.util.function.LongUnaryOperator;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The chain of {@link Canary} in vectors: a template that {@link Template} defines once for each
 * lane type.
 */
final class VectorCanary implements LongUnaryOperator {
  private static final Data DATA = Template.data(MethodHandles.lookup(), Data.class);
  private static final int BITS = DATA.laneBits();
  private static final VectorSpecies<Long> LANES = Species.integral(BITS, DATA.vectorBits());

  /** The lane type and the vector width. */
  record Data(int laneBits, int vectorBits) {
    private static final Template<LongUnaryOperator> TEMPLATE =
        Template.of(MethodHandles.lookup(), VectorCanary.class, LongUnaryOperator.class);

    /** Returns the chain. */
    LongUnaryOperator chain() {
      return TEMPLATE.compile(this);
    }
  }

  @Override
  public long applyAsLong(long seed) {
    Vector<Long> x = LANES.broadcast(Species.word(seed, BITS)).addIndex(1);
    Vector<Long> product = x.mul(x.lanewise(ASHR, 3));
    Vector<Long> clamped =
        product.lanewise(MAX, LANES.broadcast(Canary.LOW)).lanewise(MIN,
            LANES.broadcast(Canary.HIGH));
    Vector<Long> rest = product.lanewise(AND, LANES.broadcast(Canary.KEPT))
        .add(clamped.lanewise(XOR, x.lanewise(ASHR, BITS - 1)));
    Vector<Long> wrapped = rest.lanewise(LSHL, 2).lanewise(ASHR, 1);
    VectorMask<Long> out =
        x.sub(LANES.broadcast(Canary.LOW)).compare(UGT, LANES.broadcast(Canary.HIGH - Canary.LOW));
    return product.lanewise(LSHR, 2).blend(wrapped, out).reduceLanesToLong(XOR);
  }
}
