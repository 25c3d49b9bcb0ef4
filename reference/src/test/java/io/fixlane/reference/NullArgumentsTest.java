package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A null where none may be is an error that names the argument. */
class NullArgumentsTest {
  private static final FixedFormat WORD = FixedFormat.signed(8, 3);
  private static final Fixed ONE = Fixed.ofRaw(WORD, 1);
  private static final List<Fixed> ONES = List.of(ONE);
  private static final ReferenceStage STAGE = new ReferenceStage(WORD, false, WORD);

  private static Arguments of(String name, ThrowingCallable call) {
    return arguments(name, call);
  }

  static Stream<Arguments> formats() {
    return Stream.of(
        of("quantization", () -> FixedFormat.signed(8, 3, null, OverflowMode.AP_SAT)),
        of("overflow", () -> FixedFormat.unsigned(8, 3, QuantizationMode.AP_RND, null)),
        of("quantization", () -> WORD.withModes(null, OverflowMode.AP_SAT)),
        of("overflow", () -> WORD.withModes(QuantizationMode.AP_RND, null)),
        of("text", () -> FixedFormat.parse(null)),
        of("raw", () -> WORD.contains(null)),
        of("raw", () -> WORD.value(null)),
        of("bits", () -> WORD.wrap(null)),
        of("other", () -> WORD.plus(null)),
        of("other", () -> WORD.minus(null)),
        of("other", () -> WORD.times(null)),
        of("other", () -> WORD.bitwise(null)),
        of("divisor", () -> WORD.dividedBy(null)));
  }

  static Stream<Arguments> values() {
    return Stream.of(
        of("format", () -> new Fixed(null, BigInteger.ONE)),
        of("raw", () -> new Fixed(WORD, null)),
        of("format", () -> Fixed.ofRaw(null, 1)),
        of("raw", () -> Fixed.ofRaw(WORD, null)),
        of("value", () -> Fixed.of((BigDecimal) null)),
        of("text", () -> Fixed.of((String) null)),
        of("format", () -> Fixed.from(null, Double.NaN)),
        of("format", () -> Fixed.from(null, "1")),
        of("format", () -> Fixed.from(null, BigDecimal.ONE)),
        of("value", () -> Fixed.from(WORD, (BigDecimal) null)),
        of("text", () -> Fixed.from(WORD, (String) null)),
        of("target", () -> ONE.cast(null)),
        of("other", () -> ONE.plus(null)),
        of("other", () -> ONE.minus(null)),
        of("other", () -> ONE.times(null)),
        of("other", () -> ONE.and(null)),
        of("other", () -> ONE.or(null)),
        of("other", () -> ONE.xor(null)),
        of("other", () -> ONE.compareTo(null)),
        of("other", () -> ONE.compareAsHls(null)),
        of("other", () -> ONE.equalsAsHls(null)),
        of("other", () -> ONE.ceilingIn(null)),
        of("divisor", () -> ONE.dividedBy(null)),
        of("source", () -> ReferenceCast.of(null, 1, WORD)),
        of("target", () -> ReferenceCast.of(BigInteger.ONE, 1, null)),
        of("numerator", () -> ReferenceCast.ofFraction(null, BigInteger.ONE, WORD)),
        of("denominator", () -> ReferenceCast.ofFraction(BigInteger.ONE, null, WORD)),
        of("target", () -> ReferenceCast.ofFraction(BigInteger.ONE, BigInteger.ONE, null)));
  }

  static Stream<Arguments> loops() {
    ReferenceGemm gemm = new ReferenceGemm(1, 1, 1, STAGE);
    ImageShape image = ImageShape.of(1, 1, 1);
    Window window = Window.of(1, 1);
    ReferenceConv2d conv = new ReferenceConv2d(image, 1, window, 1, STAGE);
    ReferencePool2d pool = new ReferencePool2d(image, window);
    ReferenceKHot khot = new ReferenceKHot(1, KHotRule.NEAREST);
    return Stream.of(
        of("accumulator", () -> new ReferenceStage(null, false, WORD)),
        of("output", () -> new ReferenceStage(WORD, false, null)),
        of("stage", () -> new ReferenceGemm(1, 1, 1, null)),
        of("x", () -> gemm.run(null, ONES)),
        of("y", () -> gemm.run(ONES, null)),
        of("image", () -> new ReferenceConv2d(null, 1, window, 1, STAGE)),
        of("window", () -> new ReferenceConv2d(image, 1, null, 1, STAGE)),
        of("stage", () -> new ReferenceConv2d(image, 1, window, 1, null)),
        of("image", () -> new ReferencePool2d(null, window)),
        of("window", () -> new ReferencePool2d(image, null)),
        of("x", () -> conv.run(null, ONES)),
        of("y", () -> conv.run(ONES, null)),
        of("x", () -> ReferenceDot.dot(null, ONES, WORD)),
        of("y", () -> ReferenceDot.dot(ONES, null, WORD)),
        of("accumulator", () -> ReferenceDot.dot(ONES, ONES, null)),
        of("x", () -> pool.max(null)),
        of("x", () -> pool.average(null, WORD)),
        of("result", () -> pool.average(ONES, null)),
        of("result", () -> pool.averageOfPadded(ONES, null)),
        of("x", () -> new ReferenceLookUp(null, ONES)),
        of("table", () -> new ReferenceLookUp(WORD, null)),
        of("x", () -> ReferenceLookUp.of(null, v -> v, WORD)),
        of("f", () -> ReferenceLookUp.of(WORD, null, WORD)),
        of("result", () -> ReferenceLookUp.of(WORD, v -> v, null)),
        of("word", () -> ReferenceLookUp.of(WORD, v -> v, WORD).apply(null)),
        of("thresholds", () -> new ReferenceThreshold(null, ONE, BigInteger.ONE)),
        of("start", () -> new ReferenceThreshold(ONES, null, BigInteger.ONE)),
        of("step", () -> new ReferenceThreshold(ONES, ONE, null)),
        of("x", () -> new ReferenceThreshold(ONES, ONE, BigInteger.ONE).apply(null)),
        of("rule", () -> new ReferenceKHot(1, null)),
        of("word", () -> khot.encode(null)),
        of("word", () -> khot.terms(null)),
        of("x", () -> khot.multiply(null, ONE)),
        of("weight", () -> khot.multiply(ONE, null)),
        of("gemm", () -> khot.gemm(null, ONES, ONES)));
  }

  @ParameterizedTest
  @MethodSource({"formats", "values", "loops"})
  void isNamed(String name, ThrowingCallable call) {
    assertThatNullPointerException().isThrownBy(call).withMessage(name);
  }
}
