package io.fixlane.conformance;

import io.fixlane.conformance.Operation.Add;
import io.fixlane.conformance.Operation.Cast;
import io.fixlane.conformance.Operation.Conv2d;
import io.fixlane.conformance.Operation.Divide;
import io.fixlane.conformance.Operation.Dot;
import io.fixlane.conformance.Operation.FromDouble;
import io.fixlane.conformance.Operation.Gemm;
import io.fixlane.conformance.Operation.KHot;
import io.fixlane.conformance.Operation.KHotGemm;
import io.fixlane.conformance.Operation.Multiply;
import io.fixlane.conformance.Operation.Negate;
import io.fixlane.conformance.Operation.ShiftLeft;
import io.fixlane.conformance.Operation.ShiftRight;
import io.fixlane.conformance.Operation.Subtract;
import io.fixlane.conformance.Operation.ToDouble;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceStage;
import io.fixlane.reference.ReferenceConv2d;
import io.fixlane.reference.ReferenceDot;
import io.fixlane.reference.ReferenceGemm;
import io.fixlane.reference.ReferenceKHot;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The exact arithmetic of {@link io.fixlane.reference}, for every operation and every width. */
public final class ReferenceImplementation implements Implementation {
  /** Makes the implementation. */
  public ReferenceImplementation() {}

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public Words compute(VectorBlock block, WordType z) {
    return switch (block.operation()) {
      case Cast _ -> unary(block, z, x -> x.cast(z.fixed()));
      case FromDouble _ -> fixed(block, z, i -> Fixed.from(z.fixed(), block.x().doubleAt(i)));
      case ToDouble _ -> toDouble(block);
      case Add _ -> binary(block, z, Fixed::plus);
      case Subtract _ -> binary(block, z, Fixed::minus);
      case Multiply _ -> binary(block, z, Fixed::times);
      case Divide _ -> binary(block, z, Fixed::dividedBy);
      case Negate _ -> unary(block, z, Fixed::negate);
      case ShiftLeft(int bits) -> unary(block, z, x -> x.shiftLeft(bits));
      case ShiftRight(int bits) -> unary(block, z, x -> x.shiftRight(bits));
      case Dot(int k) -> dot(block, z, k);
      case Gemm(int m, int n, int k, boolean relu) -> {
        ReferenceGemm gemm = new ReferenceGemm(m, n, k, stage(block, z, relu));
        yield words(z, gemm.run(values(block.x()), values(block.y()), values(block.bias())));
      }
      case Conv2d(ImageShape image, int outputs, Window window, int groups, boolean relu) -> {
        ReferenceConv2d conv =
            new ReferenceConv2d(image, outputs, window, groups, stage(block, z, relu));
        yield words(z, conv.run(values(block.x()), values(block.y()), values(block.bias())));
      }
      case KHot(ReferenceKHot encoder) -> unary(block, z, encoder::encode);
      case KHotGemm(Gemm(int m, int n, int k, boolean relu), ReferenceKHot encoder) -> {
        ReferenceGemm gemm = new ReferenceGemm(m, n, k, stage(block, z, relu));
        yield words(z,
            encoder.gemm(gemm, values(block.x()), values(block.y()), values(block.bias())));
      }
    };
  }

  private static Words unary(VectorBlock block, WordType z, UnaryOperator<Fixed> operator) {
    return fixed(block, z, i -> operator.apply(value(block.x(), i)));
  }

  private static Words binary(VectorBlock block, WordType z, BinaryOperator<Fixed> operator) {
    return fixed(block, z, i -> operator.apply(value(block.x(), i), value(block.y(), i)));
  }

  private static Words toDouble(VectorBlock block) {
    WordsBuilder words = new WordsBuilder(WordType.DOUBLE);
    for (int i = 0; i < block.resultSize(); i++) {
      words.add(Double.doubleToRawLongBits(value(block.x(), i).toDouble()));
    }
    return words.build();
  }

  private static Words dot(VectorBlock block, WordType z, int k) {
    List<Fixed> x = values(block.x());
    List<Fixed> y = values(block.y());
    return fixed(block, z,
        i -> ReferenceDot.dot(x.subList(i * k, (i + 1) * k), y.subList(i * k, (i + 1) * k),
            z.fixed()));
  }

  private static ReferenceStage stage(VectorBlock block, WordType z, boolean relu) {
    return new ReferenceStage(block.accumulator(), relu, z.fixed());
  }

  private static Words fixed(VectorBlock block, WordType z, IntFunction<Fixed> result) {
    WordsBuilder words = new WordsBuilder(z);
    for (int i = 0; i < block.resultSize(); i++) {
      words.add(result.apply(i).raw());
    }
    return words.build();
  }

  private static Words words(WordType z, List<Fixed> values) {
    WordsBuilder words = new WordsBuilder(z);
    values.forEach(value -> words.add(value.raw()));
    return words.build();
  }

  private static @Nullable List<Fixed> values(@Nullable Words words) {
    if (words == null) {
      return null;
    }
    List<Fixed> values = new ArrayList<>(words.size());
    for (int i = 0; i < words.size(); i++) {
      values.add(value(words, i));
    }
    return values;
  }

  private static Fixed value(Words words, int index) {
    return new Fixed(words.type().fixed(), words.raw(index));
  }
}
