package io.fixlane.cli.conform;

import io.fixlane.conformance.Operation.Conv2d;
import io.fixlane.conformance.Operation.Gemm;
import io.fixlane.conformance.VectorBlock;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.KHot;
import io.fixlane.kernels.KHotKernel;
import io.fixlane.kernels.OutputStage;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import org.jspecify.annotations.Nullable;

/** Dot products and layers as plans of {@link io.fixlane.kernels}, with a typed accumulator. */
final class KernelLayers {
  // Runs that one product of matrices takes together; its diagonal is their dot products.
  private static final int RUNS = 16;
  private static final int WIDEST = 64;
  private static final int WIDEST_SUM = 128;

  private KernelLayers() {}

  /** Returns whether the words have at most 64 bits, and the exact sum of a step at most 128. */
  static boolean cover(VectorBlock block, FixedFormat accumulator) {
    FixedFormat product = block.x().type().fixed().times(block.y().type().fixed());
    return accumulator.width() <= WIDEST
        && (block.bias() == null || block.bias().type().width() <= WIDEST)
        && accumulator.plus(product).width() <= WIDEST_SUM;
  }

  /** Computes dot products of K words each; their result is the accumulator. */
  static FixedTensor dot(FixedTensor x, FixedTensor y, int k, FixedFormat z) {
    int runs = Math.toIntExact(x.size() / k);
    FixedTensor result = FixedTensor.allocate(z, runs);
    for (int first = 0; first < runs; first += RUNS) {
      int count = Math.min(RUNS, runs - first);
      FixedTensor a = FixedTensor.allocate(x.format(), count, k);
      FixedTensor w = FixedTensor.allocate(y.format(), k, count);
      for (int i = 0; i < count * k; i++) {
        a.setRaw(i, x.raw((long) first * k + i));
        w.setRaw((long) i % k * count + i / k, y.raw((long) first * k + i));
      }
      FixedTensor products = FixedTensor.allocate(z, count, count);
      io.fixlane.kernels.Gemm.of(x.format(), w, OutputStage.to(z).withAccumulator(z))
          .run(a, products);
      for (int i = 0; i < count; i++) {
        result.setRaw(first + i, products.raw((long) i * count + i));
      }
    }
    return result;
  }

  static FixedTensor gemm(Gemm gemm, FixedTensor x, FixedTensor y, OutputStage stage) {
    io.fixlane.kernels.Gemm plan =
        io.fixlane.kernels.Gemm.of(x.format(), y.reshape(gemm.k(), gemm.n()), stage);
    return run(plan, gemm, x, stage);
  }

  static FixedTensor khotGemm(
      Gemm gemm, KHot khot, FixedTensor x, FixedTensor y, OutputStage stage) {
    return run(khot.gemm(x.format(), y.reshape(gemm.k(), gemm.n()), stage, KHotKernel.MULTIPLY),
        gemm, x, stage);
  }

  private static FixedTensor run(
      io.fixlane.kernels.Gemm plan, Gemm gemm, FixedTensor x, OutputStage stage) {
    FixedTensor result = FixedTensor.allocate(stage.result(), gemm.m(), gemm.n());
    plan.run(x.reshape(gemm.m(), gemm.k()), result);
    return result;
  }

  static FixedTensor conv2d(Conv2d conv, FixedTensor x, FixedTensor y, OutputStage stage) {
    Window window = conv.window();
    FixedTensor weights = y.reshape(conv.outputs(), conv.image().channels() / conv.groups(),
        window.kernelHeight(), window.kernelWidth());
    var plan = io.fixlane.kernels.Conv2d.of(
        x.format(), weights, conv.image(), window, conv.groups(), stage);
    FixedTensor result = FixedTensor.allocate(stage.result(), plan.output().size());
    plan.run(x, result);
    return result;
  }

  /** Returns what surrounds the products of a layer. */
  static OutputStage stage(
      @Nullable FixedTensor bias, FixedFormat accumulator, boolean relu, FixedFormat z) {
    OutputStage stage = OutputStage.to(z).withAccumulator(accumulator);
    stage = bias == null ? stage : stage.withBias(bias);
    return relu ? stage.withRelu() : stage;
  }
}
