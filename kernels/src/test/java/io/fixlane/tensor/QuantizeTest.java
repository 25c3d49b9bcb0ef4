package io.fixlane.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.fixture.Differential;
import io.fixlane.kernels.fixture.MemoryKind;
import io.fixlane.reference.Fixed;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Numbers become words, and words numbers, as the reference casts them one by one. */
@Differential
class QuantizeTest {
  @Property(tries = 1000)
  void numbersAreCastAsTheReferenceDoes(
      @ForAll boolean signed, @ForAll @IntRange(min = 1, max = 64) int width,
      @ForAll @IntRange(min = -2, max = 66) int integerBits, @ForAll QuantizationMode quantization,
      @ForAll OverflowMode overflow, @ForAll MemoryKind memory,
      @ForAll @IntRange(max = 17) int offset,
      @ForAll @IntRange(max = 40) int size, @ForAll long seed) {
    FixedFormat format = new FixedFormat(
        signed || !overflow.servesUnsigned(), width, integerBits, quantization, overflow,
        0);
    Random random = new Random(seed);
    float[] floats = new float[size];
    double[] doubles = new double[size];
    MemorySegment floatMemory = memory.allocate(4L * size, offset);
    MemorySegment doubleMemory = memory.allocate(8L * size, offset);
    for (int i = 0; i < size; i++) {
      // Around the range, from far below a step to a little beyond an end.
      doubles[i] = Math.scalb(random.nextGaussian(), integerBits - random.nextInt(width + 3));
      floats[i] = (float) doubles[i];
      floatMemory.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * i, floats[i]);
      doubleMemory.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, 8L * i, doubles[i]);
    }
    FixedTensor ofFloats = FixedTensor.quantize(format, floats, size);
    FixedTensor ofDoubles = FixedTensor.quantize(format, doubles, size);
    for (int i = 0; i < size; i++) {
      assertThat(ofFloats.value(i)).isEqualTo(Fixed.from(format, floats[i]));
      assertThat(ofDoubles.value(i)).isEqualTo(Fixed.from(format, doubles[i]));
    }
    assertThat(FixedTensor.quantizeFloats(format, floatMemory, size).contentEquals(ofFloats))
        .isTrue();
    assertThat(FixedTensor.quantizeDoubles(format, doubleMemory, size).contentEquals(ofDoubles))
        .isTrue();
  }

  @Property(tries = 1000)
  void wordsBecomeTheNearestNumbers(
      @ForAll boolean signed, @ForAll @IntRange(min = 1, max = 64) int width,
      @ForAll @IntRange(min = -2, max = 66) int integerBits, @ForAll @IntRange(max = 40) int size,
      @ForAll long seed) {
    FixedFormat format =
        signed ? FixedFormat.signed(width, integerBits) : FixedFormat.unsigned(width, integerBits);
    FixedTensor tensor = FixedTensor.allocate(format, size);
    Random random = new Random(seed);
    for (int i = 0; i < size; i++) {
      tensor.setRaw(i, format.wrap(new BigInteger(64, random)).longValue());
    }
    float[] floats = tensor.dequantize(new float[size]);
    double[] doubles = tensor.dequantize(new double[size]);
    for (int i = 0; i < size; i++) {
      assertThat(floats[i]).isEqualTo(tensor.value(i).toFloat());
      assertThat(doubles[i]).isEqualTo(tensor.value(i).toDouble());
    }
  }

  @Test
  void badArgumentsAreRefused() {
    FixedFormat s8 = FixedFormat.signed(8, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FixedTensor.quantize(s8, new float[5], 2, 3))
        .withMessage("values has 5 words: shape [2, 3] holds 6");
    assertThatIllegalArgumentException().isThrownBy(() -> FixedTensor.quantize(s8, new double[2]))
        .withMessage("values has 2 words: shape [] holds 1");
    MemorySegment seven = MemorySegment.ofArray(new byte[7]);
    assertThatIllegalArgumentException().isThrownBy(() -> FixedTensor.quantizeFloats(s8, seven, 1))
        .withMessage("values has 7 bytes: it must have words of 4 bytes");
    assertThatIllegalArgumentException().isThrownBy(() -> FixedTensor.quantizeDoubles(s8, seven, 1))
        .withMessage("values has 7 bytes: it must have words of 8 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FixedTensor.quantize(s8, new float[] {0, Float.NaN}, 2))
        .withMessage("values has NaN at 1: it has no meaning in ap_fixed<8,3>");
    FixedTensor tensor = FixedTensor.allocate(s8, 2, 3);
    assertThatIllegalArgumentException().isThrownBy(() -> tensor.dequantize(new float[5]))
        .withMessage("target has 5 words: shape [2, 3] holds 6");
    assertThatIllegalArgumentException().isThrownBy(() -> tensor.dequantize(new double[7]))
        .withMessage("target has 7 words: shape [2, 3] holds 6");
  }
}
