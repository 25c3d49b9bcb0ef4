package io.fixlane.cli.conform;

import io.fixlane.conformance.Implementation;
import io.fixlane.conformance.Operation.Add;
import io.fixlane.conformance.Operation.Conv2d;
import io.fixlane.conformance.Operation.Divide;
import io.fixlane.conformance.Operation.Dot;
import io.fixlane.conformance.Operation.FromDouble;
import io.fixlane.conformance.Operation.Gemm;
import io.fixlane.conformance.Operation.KHotGemm;
import io.fixlane.conformance.Operation.Multiply;
import io.fixlane.conformance.Operation.Negate;
import io.fixlane.conformance.Operation.ShiftLeft;
import io.fixlane.conformance.Operation.ShiftRight;
import io.fixlane.conformance.Operation.Subtract;
import io.fixlane.conformance.Operation.ToDouble;
import io.fixlane.conformance.Operation;
import io.fixlane.conformance.VectorBlock;
import io.fixlane.conformance.WordType;
import io.fixlane.conformance.Words;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Cast;
import io.fixlane.kernels.Elementwise;
import io.fixlane.kernels.KHot;
import io.fixlane.kernels.OutputStage;
import io.fixlane.reference.ReferenceKHot;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;

/**
 * The plans of {@link io.fixlane.kernels}: casts, element-wise operations, K-hot words, dot
 * products and layers, of words of at most 64 bits.
 */
final class KernelImplementation implements Implementation {
  private static final int WIDEST = 64;

  @Override
  public String name() {
    return "kernels";
  }

  @Override
  public boolean covers(VectorBlock block, WordType z) {
    Operation operation = block.operation();
    boolean covered = switch (operation) {
      case Dot _ -> KernelLayers.cover(block, z.fixed());
      case Gemm _,Conv2d _,KHotGemm _ -> KernelLayers.cover(block, block.accumulator());
      case Operation.Cast _,FromDouble _,ToDouble _,Negate _,ShiftLeft _,ShiftRight _ -> true;
      case Operation.KHot _ -> true;
      case Add _,Subtract _,Multiply _,Divide _ -> true;
    };
    boolean narrow = block.x().type().width() <= WIDEST && z.width() <= WIDEST
        && (block.y() == null || block.y().type().width() <= WIDEST);
    return covered && narrow;
  }

  @Override
  public Words compute(VectorBlock block, WordType z) {
    return switch (block.operation()) {
      case Operation.Cast _ -> {
        FixedTensor result = FixedTensor.allocate(z.fixed(), block.resultSize());
        Cast.of(block.x().type().fixed(), z.fixed()).run(tensor(block.x()), result);
        yield words(result);
      }
      case FromDouble _ -> fromDouble(block, z.fixed());
      case ToDouble _ -> toDouble(block);
      case Add _ -> binary(Elementwise.add(x(block), y(block), z.fixed()), block, z);
      case Subtract _ -> binary(Elementwise.subtract(x(block), y(block), z.fixed()), block, z);
      case Multiply _ -> binary(Elementwise.multiply(x(block), y(block), z.fixed()), block, z);
      case Divide _ -> binary(Elementwise.divide(x(block), y(block), z.fixed()), block, z);
      case Negate _ -> unary(Elementwise.negate(x(block), z.fixed()), block, z);
      case ShiftLeft(int bits) -> unary(Elementwise.shiftLeft(x(block), bits), block, z);
      case ShiftRight(int bits) -> unary(Elementwise.shiftRight(x(block), bits), block, z);
      case Operation.KHot(ReferenceKHot encoder) ->
          words(KHot.of(encoder.k(), encoder.rule()).encode(tensor(block.x())));
      case Dot(int k) ->
          words(KernelLayers.dot(tensor(block.x()), tensor(block.y()), k, z.fixed()));
      case Gemm gemm -> words(KernelLayers.gemm(
          gemm, tensor(block.x()), tensor(block.y()), stage(block, gemm.relu(), z)));
      case Conv2d conv -> words(KernelLayers.conv2d(
          conv, tensor(block.x()), tensor(block.y()), stage(block, conv.relu(), z)));
      case KHotGemm(Gemm gemm, ReferenceKHot encoder) -> words(KernelLayers.khotGemm(
          gemm, KHot.of(encoder.k(), encoder.rule()), tensor(block.x()), tensor(block.y()),
          stage(block, gemm.relu(), z)));
    };
  }

  private static FixedFormat x(VectorBlock block) {
    return block.x().type().fixed();
  }

  private static FixedFormat y(VectorBlock block) {
    return block.y().type().fixed();
  }

  private static OutputStage stage(VectorBlock block, boolean relu, WordType z) {
    FixedTensor bias = block.bias() == null ? null : tensor(block.bias());
    return KernelLayers.stage(bias, block.accumulator(), relu, z.fixed());
  }

  private static Words unary(Elementwise plan, VectorBlock block, WordType z) {
    FixedTensor result = FixedTensor.allocate(z.fixed(), block.resultSize());
    plan.run(tensor(block.x()), result);
    return words(result);
  }

  private static Words binary(Elementwise plan, VectorBlock block, WordType z) {
    FixedTensor result = FixedTensor.allocate(z.fixed(), block.resultSize());
    plan.run(tensor(block.x()), tensor(block.y()), result);
    return words(result);
  }

  private static Words fromDouble(VectorBlock block, FixedFormat format) {
    double[] numbers = new double[block.resultSize()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = block.x().doubleAt(i);
    }
    return words(FixedTensor.quantize(format, numbers, numbers.length));
  }

  private static Words toDouble(VectorBlock block) {
    double[] numbers = new double[block.resultSize()];
    Cast.toDouble(x(block))
        .run(tensor(block.x()).segment(), 0, MemorySegment.ofArray(numbers), 0, numbers.length);
    return Words.ofDoubles(numbers);
  }

  private static FixedTensor tensor(Words words) {
    FixedTensor tensor = FixedTensor.allocate(words.type().fixed(), words.size());
    for (int i = 0; i < words.size(); i++) {
      tensor.setRaw(i, words.low(i));
    }
    return tensor;
  }

  private static Words words(FixedTensor tensor) {
    long[] raw = new long[Math.toIntExact(tensor.size())];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = tensor.raw(i);
    }
    return Words.of(tensor.format(), raw);
  }
}
