package io.fixlane.kernels.lanes.loop;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.XOR;

import io.fixlane.kernels.lanes.Registers;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Conversions between longs and doubles. x86 has no instructions for them without AVX-512, and
 * there an integer is put into the significand of a double: that of 2<sup>52</sup> + i is i, for a
 * non-negative i below 2<sup>52</sup>; that of 3 x 2<sup>51</sup> + i is i of either sign, added to
 * the bits of 3 x 2<sup>51</sup>.
 */
public final class VectorDoubles {
  /** 3 x 2<sup>51</sup>: a sum with a number nearer to 0 than 2<sup>51</sup> is an integer. */
  public static final double MAGIC = 0x1.8p52;
  /** Its bits. */
  public static final long MAGIC_BITS = 0x4338000000000000L;
  private static final double UNSIGNED_MAGIC = 0x1p52;
  private static final long UNSIGNED_MAGIC_BITS = 0x4330000000000000L;
  private static final int HALF = 32;

  private VectorDoubles() {}

  /** Returns the doubles that are nearest to longs, ties to even. */
  @SuppressWarnings("unchecked")
  static Vector<Long> ofLongs(
      VectorSpecies<Long> longs, VectorSpecies<Long> doubles, Vector<Long> v) {
    if (!Registers.FEW) {
      return v.castShape(doubles, 0);
    }
    // Both halves are exact, and so only their sum is rounded.
    DoubleVector high = v.lanewise(ASHR, HALF).add(longs.broadcast(MAGIC_BITS))
        .reinterpretAsDoubles().sub(MAGIC).mul(0x1p32);
    DoubleVector low = v.lanewise(LSHL, HALF).lanewise(LSHR, HALF)
        .lanewise(OR, longs.broadcast(UNSIGNED_MAGIC_BITS)).reinterpretAsDoubles()
        .sub(UNSIGNED_MAGIC);
    return (Vector<Long>) (Vector<?>) high.add(low);
  }

  /** Returns numbers of at most 2<sup>53</sup> on both sides of 0, truncated toward 0, as longs. */
  static Vector<Long> truncated(VectorSpecies<Long> longs, Vector<Long> numbers) {
    if (!Registers.FEW) {
      return numbers.castShape(longs, 0);
    }
    Vector<Long> sign = numbers.reinterpretAsLongs().lanewise(ASHR, Long.SIZE - 1);
    DoubleVector magnitude = ((DoubleVector) (Vector<?>) numbers).abs();
    DoubleVector high = magnitude.mul(0x1p-32).add(MAGIC);
    DoubleVector rest = magnitude.sub(high.sub(MAGIC).mul(0x1p32));
    DoubleVector low = rest.add(MAGIC);
    // The integer nearest to the rest is beyond it where what it lacks is negative.
    Vector<Long> beyond =
        rest.sub(low.sub(MAGIC)).reinterpretAsLongs().lanewise(ASHR, Long.SIZE - 1);
    return high.reinterpretAsLongs().lanewise(LSHL, HALF)
        .add(low.reinterpretAsLongs().sub(longs.broadcast(MAGIC_BITS))).add(beyond)
        .lanewise(XOR, sign).sub(sign);
  }
}
