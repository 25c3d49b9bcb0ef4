package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.khot.KHotTerms;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.threads.Tasks;
import io.fixlane.kernels.tiles.Products;
import io.fixlane.kernels.tiles.Sums;
import io.fixlane.kernels.tiles.kernel.Unit;
import io.fixlane.kernels.tiles.pack.TermPlanes;
import io.fixlane.kernels.tiles.pack.Workspace;
import io.fixlane.tensor.FixedTensor;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A matrix product with constant weights, as a dense layer is in HLS code:
 *
 * <pre>
 *   for (m) for (n) {
 *     ACC s = bias[n];
 *     for (k ascending) s += a[m,k] * w[k,n];
 *     if (relu &amp;&amp; s &lt; 0) s = 0;
 *     OUT z = s;                                  and what else {@link OutputStage} says
 *   }
 * </pre>
 *
 * <p>The plan packs the weights once, proves from them and the formats what is exact, and chooses
 * the fastest kernel that is; {@link #explain} says which, and why. Its results are the bits of the
 * loop above. A plan is immutable; any number of threads may run it at once, and a run allocates
 * nothing but for an executor's tasks.
 *
 * {@snippet class="io.fixlane.kernels.example.GemmExample" region="gemm"}
 */
public final class Gemm {
  private final FixedFormat activations;
  private final FixedTensor weights;
  private final OutputStage stage;
  private final int k;
  private final int n;
  private final LayerPlan plan;

  private Gemm(FixedFormat activations, FixedTensor weights, OutputStage stage,
      @Nullable TermPlanes terms, @Nullable Unit forced) {
    if (weights.rank() != 2 || weights.size() == 0) {
      throw new IllegalArgumentException("weights have the shape "
          + Arrays.toString(weights.shape()) + ": they must be k x n words");
    }
    this.activations = activations;
    this.weights = weights;
    this.stage = stage;
    this.k = weights.dimension(0);
    this.n = weights.dimension(1);
    this.plan = LayerPlan.of(activations, weights.format(), new TensorMatrix(weights, k, n), null,
        stage, k, k, false, terms, forced, Products::ofMatrix);
  }

  /**
   * Plans a product.
   *
   * <p>A plan takes memory in proportion to its packed weights: an array of k words for each
   * column, in the narrowest of 1, 2, 4 and 8 bytes that holds them, or 8 bytes each where sums
   * need more than 64 bits. Columns are filled up to whole vectors, of 32 words at most: a single
   * column may take 32 times its words. {@link #explain()} says how much it is. To that, each
   * column adds a word of whatever the stage has for channels, with a bias also 4 bytes, or 8, that
   * its sum starts from, and a few bytes at most for its share in a panel; what the stage has for
   * few channels is repeated, up to 1024 words. While it is made, a plan takes little more.
   *
   * @param activations the format of a
   * @param weights k x n words, which are packed; only {@link #explain(int)} and {@link
   *     #count} read them again
   * @param stage bias, accumulator, relu and output
   * @throws IllegalArgumentException if the weights are no matrix, empty or more than an array
   *     holds when they are packed, what the stage has for
   *     each channel is not there for n, a format is wider than 64 bits, or a sum needs more than
   *     128
   */
  public static Gemm of(FixedFormat activations, FixedTensor weights, OutputStage stage) {
    Objects.requireNonNull(activations, "activations");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(stage, "stage");
    return new Gemm(activations, weights, stage, null, null);
  }

  /** Plans a product with K-hot weights by shifts and additions. */
  static Gemm shiftAdd(FixedFormat activations, KHotTerms weights, OutputStage stage) {
    return new Gemm(activations, weights.words(), stage, weights.termPlanes(), null);
  }

  /** Plans a product with a unit whether or not it is exact. */
  static Gemm forced(FixedFormat activations, FixedTensor weights, OutputStage stage, Unit unit) {
    return new Gemm(activations, weights, stage, null, unit);
  }

  /** Returns k, the words of a row of activations. */
  public int k() {
    return k;
  }

  /** Returns n, the words of a row of results. */
  public int n() {
    return n;
  }

  /**
   * Computes all rows of a tensor.
   *
   * @param a m x k activations; the dimensions before the last make m
   * @param target m x n results
   * @throws IllegalArgumentException if the stage adds a residual, a tensor has another format or
   *     shape than the plan, a has more than 2<sup>31</sup>-1 rows, the target is read-only, or the
   *     tensors overlap
   */
  public void run(FixedTensor a, FixedTensor target) {
    compute(a, null, target, Runnable::run, 1);
  }

  /**
   * Computes all rows of a tensor on several threads. The results are the same bits for any number
   * of them.
   *
   * @param a m x k activations; the dimensions before the last make m
   * @param target m x n results
   * @param executor what runs all parts but one, which the caller does
   * @param parts into how many parts the rows and columns are divided at most
   * @throws IllegalArgumentException as {@link #run(FixedTensor, FixedTensor)}, or if {@code parts}
   *     is not positive, or is more than 1 and a tensor lies in a confined arena
   */
  public void run(FixedTensor a, FixedTensor target, Executor executor, int parts) {
    compute(a, null, target, executor, parts);
  }

  /**
   * Computes all rows of a tensor, and adds a residual to them.
   *
   * @param a m x k activations; the dimensions before the last make m
   * @param residual m x n words; it may be the target
   * @param target m x n results
   * @throws IllegalArgumentException if the stage adds no residual, or as
   *     {@link #run(FixedTensor, FixedTensor)}
   */
  public void run(FixedTensor a, FixedTensor residual, FixedTensor target) {
    run(a, residual, target, Runnable::run, 1);
  }

  /**
   * Computes all rows of a tensor on several threads, and adds a residual to them.
   *
   * @param a m x k activations; the dimensions before the last make m
   * @param residual m x n words; it may be the target
   * @param target m x n results
   * @param executor what runs all parts but one, which the caller does
   * @param parts into how many parts the rows and columns are divided at most
   * @throws IllegalArgumentException if the stage adds no residual, or as
   *     {@link #run(FixedTensor, FixedTensor, Executor, int)}
   */
  public void run(FixedTensor a, FixedTensor residual, FixedTensor target, Executor executor,
      int parts) {
    compute(a, Objects.requireNonNull(residual, "residual"), target, executor, parts);
  }

  private void compute(FixedTensor a, @Nullable FixedTensor residual, FixedTensor target,
      Executor executor, int parts) {
    Objects.requireNonNull(a, "a");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(executor, "executor");
    Plan.requireFormat("a", a, activations);
    Plan.requireFormat("target", target, stage.result());
    int m = rows(a);
    Plan.requireSize("target", target, (long) m * n);
    stage.requireResidual(residual != null);
    if (residual != null) {
      Plan.requireFormat("residual", residual, stage.residual());
      Plan.requireSize("residual", residual, (long) m * n);
    }
    if (parts == 1) {
      runAll(a, residual, target, m);
    } else {
      compute(m, MatrixView.of(a, k), residual == null ? null : MatrixView.of(residual, n),
          MatrixView.of(target, n), executor, parts);
    }
  }

  /** Computes all rows on the caller's thread, without views: those are objects. */
  private void runAll(FixedTensor a, @Nullable FixedTensor residual, FixedTensor target, int m) {
    Memory.requireWritable(target.segment());
    MatrixView.requireApart("a", a.segment(), target.segment());
    if (residual != null && !GemmRows.inPlace(residual.segment(), target.segment(), stage)) {
      MatrixView.requireApart("residual", residual.segment(), target.segment());
    }
    Workspace work = Workspace.own();
    work.input = a.segment();
    work.inputOffset = 0;
    work.inputStride = k;
    work.output = target.segment();
    work.outputOffset = 0;
    work.outputStride = n;
    if (residual != null) {
      work.residual = residual.segment();
      work.residualOffset = 0;
      work.residualStride = n;
    }
    compute(work, 0, m, 0, plan.sums().panels());
  }

  private void compute(Workspace work, int firstRow, int lastRow, int firstPanel, int lastPanel) {
    try {
      plan.sums().sum(work, firstRow, lastRow, firstPanel, lastPanel, plan.output());
    } finally {
      work.release();
    }
  }

  private int rows(FixedTensor a) {
    if (a.rank() == 0 || a.dimension(a.rank() - 1) != k) {
      throw new IllegalArgumentException("a has the shape "
          + Arrays.toString(a.shape()) + ": its last dimension must be k = " + k);
    }
    long rows = a.size() / k;
    if (rows > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a has " + rows + " rows: a run takes at most " + Integer.MAX_VALUE);
    }
    return (int) rows;
  }

  /**
   * Computes rows that lie in memory.
   *
   * @param m the number of rows
   * @param a rows of k activations
   * @param target rows of n results
   * @param executor what runs all parts but one, which the caller does
   * @param parts into how many parts the rows and columns are divided at most
   * @throws IllegalArgumentException if the stage adds a residual, m is negative, rows do not lie
   *     in their memory, the target is read-only or overlaps what is read, {@code parts} is not
   *     positive, or is more than 1 and rows lie in a confined arena
   */
  public void run(int m, MatrixView a, MatrixView target, Executor executor, int parts) {
    compute(m, a, null, target, executor, parts);
  }

  /**
   * Computes rows that lie in memory, and adds a residual to them.
   *
   * @param m the number of rows
   * @param a rows of k activations
   * @param residual rows of n words; it may be the target
   * @param target rows of n results
   * @param executor what runs all parts but one, which the caller does
   * @param parts into how many parts the rows and columns are divided at most
   * @throws IllegalArgumentException if the stage adds no residual, or as
   *     {@link #run(int, MatrixView, MatrixView, Executor, int)}
   */
  public void run(int m, MatrixView a, MatrixView residual, MatrixView target, Executor executor,
      int parts) {
    compute(m, a, Objects.requireNonNull(residual, "residual"), target, executor, parts);
  }

  private void compute(int m, MatrixView a, @Nullable MatrixView residual, MatrixView target,
      Executor executor, int parts) {
    Objects.requireNonNull(a, "a");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(executor, "executor");
    new GemmRows(m, a, residual, target).require(activations, k, stage, n, parts);
    if (parts == 1) {
      compute(a, residual, target, 0, m, 0, plan.sums().panels());
    } else {
      runParts(m, a, residual, target, executor, parts);
    }
  }

  /** Divides rows among threads, in whole tiles, and columns where there are too few rows. */
  private void runParts(int m, MatrixView a, @Nullable MatrixView residual, MatrixView target,
      Executor executor, int parts) {
    Sums sums = plan.sums();
    int unit = sums.rowUnit();
    int units = Math.ceilDiv(m, unit);
    int rowParts = Math.clamp(units, 1, parts);
    int panelParts = Math.clamp(parts / rowParts, 1, sums.panels());
    Tasks.run(rowParts * panelParts, parts, executor, task -> {
      int rows = task / panelParts;
      int panels = task % panelParts;
      compute(a, residual, target, (int) (unit * Tasks.first(units, rowParts, rows)),
          (int) Math.min(m, unit * Tasks.first(units, rowParts, rows + 1)),
          (int) Tasks.first(sums.panels(), panelParts, panels),
          (int) Tasks.first(sums.panels(), panelParts, panels + 1));
    });
  }

  private void compute(MatrixView a, @Nullable MatrixView residual, MatrixView target, int firstRow,
      int lastRow, int firstPanel, int lastPanel) {
    Workspace work = Workspace.own();
    work.input = a.segment();
    work.inputOffset = a.index() * Container.of(activations).bytes();
    work.inputStride = a.stride();
    work.output = target.segment();
    work.outputOffset = target.index() * Container.of(stage.result()).bytes();
    work.outputStride = target.stride();
    if (residual != null) {
      work.residual = residual.segment();
      work.residualOffset = residual.index() * Container.of(stage.residual()).bytes();
      work.residualStride = residual.stride();
    }
    compute(work, firstRow, lastRow, firstPanel, lastPanel);
  }

  /**
   * Returns statistics to count into, empty; they see sums before the cast from the accumulator.
   *
   * @throws IllegalArgumentException if exact sums may need more than 64 bits
   */
  public CastStatistics newStatistics() {
    return new CastStatistics(casts().sums());
  }

  /**
   * Counts what the casts of sums into the output's format do. Each call makes a plan that forms
   * the sums anew, and writes no results.
   *
   * @param a m x k activations; the dimensions before the last make m
   * @param statistics what to count into, made by {@link #newStatistics} of this or an equal plan
   * @throws IllegalArgumentException if a has another format or shape than the plan, the statistics
   *     count values of another format, or exact sums may need more than 64 bits
   */
  public void count(FixedTensor a, CastStatistics statistics) {
    Plan.requireFormat("a", a, activations);
    Objects.requireNonNull(statistics, "statistics");
    int m = rows(a);
    SumCasts casts = casts();
    Plan.requireSource(statistics, casts.sums());
    Gemm sums = of(activations, weights, casts.stage(stage));
    int step = SumCasts.rowsAtOnce(n);
    for (int row = 0; row < m; row += step) {
      int last = Math.min(m, row + step);
      FixedTensor words = FixedTensor.allocate(casts.sums(), last - row, n);
      sums.run(a.reshape(m, k).slice(row, last), words);
      casts.count(words, n, 1, statistics);
    }
  }

  private SumCasts casts() {
    return SumCasts.of(activations.times(weights.format()), k, stage);
  }

  /**
   * Returns what the plan does and why: formats, the bound of the sums, the unit that forms them,
   * its tiles, how often they are flushed, the bytes of the packed weights, and why not each other
   * unit.
   */
  public String explain() {
    return title() + plan.explain(stage);
  }

  /**
   * Returns what {@link #explain()} says on a machine with vectors of another size.
   *
   * @param vectorBits 512, 256 or 128, or 0 for scalar loops
   * @throws IllegalArgumentException if it is none of these
   */
  public String explain(int vectorBits) {
    return title() + plan.explain(stage, vectorBits);
  }

  private String title() {
    return "gemm " + activations + " x " + plan.spec().weightFormat() + ", k = " + k + ", n = " + n
        + "\n";
  }

  @Override
  public String toString() {
    return explain();
  }
}
