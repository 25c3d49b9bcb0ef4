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
import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.reference.ReferenceKHot;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Blocks of every operation over formats of any width, with random words. */
final class RandomBlocks {
  /** Narrow enough that the exact sum of two products never exceeds what HLS allows. */
  private static final int MAX_WIDTH = 400;

  private final Random random;

  RandomBlocks(long seed) {
    random = new Random(seed);
  }

  /** Returns one operation of each kind, with arguments of its own. */
  List<Operation> operations() {
    return List.of(new Cast(), new FromDouble(), new ToDouble(), new Add(), new Subtract(),
        new Multiply(), new Divide(),
        new Negate(), new ShiftLeft(random.nextInt(70) - 3), new ShiftRight(random.nextInt(70) - 3),
        new Dot(size()),
        new Gemm(size(), size(), size(), random.nextBoolean()),
        conv2d(),
        new KHot(encoder()),
        new KHotGemm(new Gemm(size(), size(), size(), random.nextBoolean()), encoder()));
  }

  private Conv2d conv2d() {
    int groups = size();
    ImageShape image =
        new ImageShape(4 + size(), 4 + size(), groups * size(), Layout.NCHW);
    Window window = Window.of(1 + random.nextInt(3), 1 + random.nextInt(3))
        .withStride(size(), size());
    window = switch (random.nextInt(4)) {
      case 0 -> window;
      case 1 -> window.withPadding(random.nextInt(3), random.nextInt(3));
      case 2 -> window.samePadding(image);
      default -> window.withDilation(1 + random.nextInt(2), 1 + random.nextInt(2)).withPadding(
          random.nextInt(3), random.nextInt(3), random.nextInt(3), random.nextInt(3));
    };
    return new Conv2d(image, groups * size(), random.nextBoolean() ? window : window.ceil(),
        groups, random.nextBoolean());
  }

  private ReferenceKHot encoder() {
    KHotRule[] rules = KHotRule.values();
    return new ReferenceKHot(1 + random.nextInt(9), rules[random.nextInt(rules.length)]);
  }

  private int size() {
    return 1 + random.nextInt(3);
  }

  /** Returns a block whose expected words, in one to three types, are random and not computed. */
  Vectors.Block block(Operation operation) {
    Signature signature = operation.signature();
    int words = signature.layer() ? signature.x() : signature.x() * (1 + random.nextInt(100));
    Words x = operation instanceof FromDouble
        ? doubles(words)
        : words(new WordType(format()), words, false);
    Words y = optional(signature.y() > 0, signature.yWords(words), operation instanceof Divide);
    Words bias = optional(signature.bias() > 0 && random.nextBoolean(), signature.bias(), false);
    FixedFormat accumulator = signature.layer() ? format() : null;
    VectorBlock block = new VectorBlock(operation, x, y, bias, accumulator, 0);
    return new Vectors.Block(block,
        Stream.generate(() -> words(resultType(block), block.resultSize(), false))
            .limit(size()).toList());
  }

  private @Nullable Words optional(boolean present, int size, boolean nonZero) {
    return present ? words(new WordType(format()), size, nonZero) : null;
  }

  private WordType resultType(VectorBlock block) {
    FixedFormat x = block.x().type().format();
    return switch (block.operation()) {
      case Cast _,FromDouble _,Dot _,Gemm _,Conv2d _,KHotGemm _ -> new WordType(format());
      case ToDouble _ -> WordType.DOUBLE;
      case Add _ -> new WordType(x.plus(block.y().type().fixed()));
      case Subtract _ -> new WordType(x.minus(block.y().type().fixed()));
      case Multiply _ -> new WordType(x.times(block.y().type().fixed()));
      case Divide _ -> new WordType(x.dividedBy(block.y().type().fixed()));
      case Negate _ -> new WordType(x.negate());
      case ShiftLeft _,ShiftRight _,KHot _ -> block.x().type();
    };
  }

  FixedFormat format() {
    boolean signed = random.nextBoolean();
    int width = random.nextBoolean() ? 1 + random.nextInt(66) : 1 + random.nextInt(MAX_WIDTH);
    List<OverflowMode> modes = Stream.of(OverflowMode.values())
        .filter(mode -> signed || mode.servesUnsigned()).toList();
    OverflowMode overflow = modes.get(random.nextInt(modes.size()));
    QuantizationMode quantization =
        QuantizationMode.values()[random.nextInt(QuantizationMode.values().length)];
    int saturated = overflow.wraps() ? random.nextInt(Math.min(width, 4) + 1) : 0;
    return new FixedFormat(signed, width, random.nextInt(2 * width + 1) - width / 2, quantization,
        overflow, saturated);
  }

  private Words doubles(int size) {
    return Words.ofDoubles(random.doubles(size, -1e9, 1e9).toArray());
  }

  private Words words(WordType type, int size, boolean nonZero) {
    return Words.of(type, Stream.generate(() -> word(type, nonZero)).limit(size).toList());
  }

  private BigInteger word(WordType type, boolean nonZero) {
    BigInteger bits = new BigInteger(type.width(), random);
    BigInteger word = type.isDouble() ? bits : type.fixed().wrap(bits);
    return nonZero && word.signum() == 0 ? type.fixed().wrap(BigInteger.ONE) : word;
  }
}
