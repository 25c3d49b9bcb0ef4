package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.VectorProvider;
import io.fixlane.kernels.tiles.Planner;
import io.fixlane.kernels.tiles.Product;
import io.fixlane.kernels.tiles.Products;
import io.fixlane.kernels.tiles.SumChoice;
import io.fixlane.kernels.tiles.Unit;
import io.fixlane.kernels.tiles.Workspace;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Draft. */
public final class Gemm {
  private final FixedFormat activations;
  private final int k;
  private final int n;
  private final OutputStage stage;
  private final SumChoice choice;
  private final Product product;
  private final OutputPipeline output;

  private Gemm(FixedFormat activations, FixedTensor weights, OutputStage stage, @Nullable Unit forced) {
    this.activations = activations;
    this.k = weights.dimension(0);
    this.n = weights.dimension(1);
    this.stage = stage;
    this.choice = Planner.choose(Layers.spec(activations, weights.format(), Layers.matrix(weights, k, n),
        stage, k, k, false, forced), VectorProvider.vectorBits());
    this.product = Products.ofMatrix(choice.plan(), activations, k, n);
    this.output = new OutputPipeline(choice, choice.plan().sum(), stage, Layers.bias(stage));
  }

  public static Gemm of(FixedFormat activations, FixedTensor weights, OutputStage stage) {
    return new Gemm(activations, weights, stage, null);
  }

  static Gemm forced(FixedFormat activations, FixedTensor weights, OutputStage stage, Unit unit) {
    return new Gemm(activations, weights, stage, unit);
  }

  public void run(FixedTensor a, FixedTensor target) {
    Workspace work = Workspace.own();
    work.input = a.segment();
    work.inputOffset = 0;
    work.inputStride = k;
    work.output = target.segment();
    work.outputOffset = 0;
    work.outputStride = n;
    product.run(work, 0, a.dimension(0), 0, product.panels(), output);
    work.release();
  }

  public String explain() { return choice.toString(); }
}
