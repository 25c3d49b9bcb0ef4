package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage.ResidualAdd;
import io.fixlane.kernels.OutputStage.ScaleAndShift;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.loop.Loops;
import io.fixlane.kernels.lanes.loop.Operation;
import io.fixlane.kernels.lanes.loop.TileMemory;
import io.fixlane.kernels.tiles.Sums;
import io.fixlane.kernels.tiles.kernel.RegisterCast;
import io.fixlane.kernels.tiles.pack.Workspace;
import io.fixlane.kernels.tiles.plan.SumChoice;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An {@link OutputStage} as loops over rows of sums: each takes the words of the one before, which
 * are still in the L1 cache. A loop takes several short rows at once where they lie one after the
 * other; so the words of channels are repeated for as many.
 */
final class OutputPipeline implements Sums.Output {
  /** How many words a loop takes at once, about. */
  private static final int WORDS = 1024;

  /**
   * One loop.
   *
   * @param loops the loop
   * @param b words for each channel, repeated, or null
   * @param c words for each channel, repeated, or null
   * @param residual whether the run's residual is the second operand
   * @param source what the loop reads
   * @param target what it writes
   */
  private record Stage(
      Loops loops, @Nullable FixedTensor b, @Nullable FixedTensor c, boolean residual,
      Container source, Container target) {
    int channels() {
      return b == null ? 0 : b.dimension(1);
    }
  }

  private final List<Stage> list = new ArrayList<>();
  private final Stage[] stages;
  /** How many there are, or 0 where none has words of its own. */
  private final int channels;
  private final int residualBytes;
  private final @Nullable RegisterCast cast;
  private FixedFormat format;
  private Container container;

  private OutputPipeline(FixedFormat format, Container container, OutputStage stage,
      @Nullable RegisterCast cast, Consumer<OutputPipeline> first) {
    this.format = format;
    this.container = container;
    this.cast = cast;
    first.accept(this);
    stage.steps().forEach(this::step);
    this.stages = list.toArray(new Stage[0]);
    this.channels = list.stream().mapToInt(Stage::channels).max().orElse(0);
    FixedFormat residual = stage.residual();
    this.residualBytes = residual == null ? 0 : Container.of(residual).bytes();
  }

  /**
   * Returns the loops over sums.
   *
   * @param choice what the sums are
   * @param container what they lie in
   * @param stage what becomes of them
   * @param bias the bias, in the accumulator's format where there is one
   */
  static OutputPipeline ofSums(SumChoice choice, Container container, OutputStage stage,
      @Nullable FixedTensor bias) {
    FixedTensor late = choice.lateBias() ? bias : null;
    FixedFormat wrapped = choice.wraps() ? stage.accumulator() : null;
    RegisterCast cast = registerCast(choice, container, stage);
    return new OutputPipeline(choice.sums(), container, stage, cast, pipeline -> {
      if (wrapped != null) {
        pipeline.sum(late, false, wrapped);
      }
      FixedTensor left = wrapped == null ? late : null;
      if (stage.outputs().size() > 1) {
        pipeline.sum(left, stage.relu(), null);
        pipeline.scale(stage.outputs());
      } else {
        pipeline.sum(left, stage.relu(), stage.outputs().getFirst());
      }
    });
  }

  /** Returns the cast that is all that becomes of sums, or null where more does. */
  static @Nullable RegisterCast registerCast(
      SumChoice choice, Container container, OutputStage stage) {
    boolean casts = !(choice.lateBias() && stage.bias() != null) && !choice.wraps()
        && container == Container.INT && stage.outputs().size() == 1 && stage.steps().isEmpty();
    return casts
        ? RegisterCast.of(choice.sums(), stage.relu(), stage.outputs().getFirst())
        : null;
  }

  /** Returns the loops over longs that have been cast into the output's format already. */
  static OutputPipeline ofResults(OutputStage stage) {
    FixedFormat output = stage.outputs().getFirst();
    return new OutputPipeline(
        output, Container.LONG, stage, null, pipeline -> pipeline.sum(null, false, output));
  }

  private void step(OutputStage.Step step) {
    switch (step) {
      case ScaleAndShift s -> add(
          Exact.productAndSum(format, s.scale().format(), s.shift().format()),
          repeated(s.scale()), repeated(s.shift()), false, s.result());
      case ResidualAdd r -> add(
          Exact.aligned(Operation.ADD_RELU, format, r.residual(), format.plus(r.residual())),
          null, null, true, r.result());
    }
  }

  /** Returns the rows of so many words that a loop takes at once. */
  private static int rowsAtOnce(long words) {
    return (int) Math.max(1, WORDS / words);
  }

  private static FixedTensor repeated(FixedTensor words) {
    int rows = rowsAtOnce(words.size());
    FixedTensor copies =
        FixedTensor.allocate(words.format(), rows, Math.toIntExact(words.size()));
    long bytes = copies.segment().byteSize() / rows;
    for (int row = 0; row < rows; row++) {
      MemorySegment.copy(words.segment(), 0, copies.segment(), row * bytes, bytes);
    }
    return copies;
  }

  /** Adds the bias, if there is one still to be added, and casts; without a target, exactly. */
  private void sum(@Nullable FixedTensor bias, boolean relu, @Nullable FixedFormat target) {
    if (bias == null && !relu && target == null) {
      return;
    }
    if (bias == null) {
      Exact exact = Exact.unary(relu ? Operation.RELU : Operation.COPY, format, format);
      add(exact, null, null, false, target == null ? format : target);
    } else {
      FixedFormat sum = format.plus(bias.format());
      Exact exact =
          Exact.aligned(relu ? Operation.ADD_RELU : Operation.ADD, format, bias.format(), sum);
      add(exact, repeated(bias), null, false, target == null ? sum : target);
    }
  }

  /**
   * Casts each channel into a format of its own: with the sums multiplied by 2^d, where d is how
   * far a channel's binary point lies left of the leftmost one, one cast serves them all.
   */
  private void scale(List<FixedFormat> outputs) {
    FixedFormat finest = outputs.getFirst();
    FixedFormat coarsest = finest;
    for (FixedFormat output : outputs) {
      finest = output.fractionBits() > finest.fractionBits() ? output : finest;
      coarsest = output.fractionBits() < coarsest.fractionBits() ? output : coarsest;
    }
    long most = (long) finest.fractionBits() - coarsest.fractionBits();
    if (most >= Long.SIZE) {
      throw new IllegalArgumentException("outputs holds " + finest + " and " + coarsest
          + ": binary points of channels may be at most " + (Long.SIZE - 1) + " bits apart");
    }
    FixedFormat power = FixedFormat.unsigned((int) most + 1, (int) most + 1);
    FixedTensor powers = FixedTensor.allocate(power, outputs.size());
    for (int n = 0; n < outputs.size(); n++) {
      powers.setRaw(n, 1L << outputs.get(n).fractionBits() - coarsest.fractionBits());
    }
    add(Exact.product(format, power), repeated(powers), null, false, coarsest);
    format = outputs.getFirst();
  }

  private void add(Exact exact, @Nullable FixedTensor b, @Nullable FixedTensor c,
      boolean residual, FixedFormat result) {
    // Sums are signed words, whatever their format is.
    Operand first =
        new Operand(container, list.isEmpty() || format.signed(), exact.aShift(), false);
    Loops loops = exact.loops(first, result);
    Container target = Container.of(result);
    list.add(new Stage(loops, b, c, residual, container, target));
    format = result;
    container = target;
  }

  @Override
  public @Nullable RegisterCast cast() {
    return cast;
  }

  @Override
  public void place(Workspace work, int firstRow, int rows, int firstColumn, int columns) {
    int bytes = container.bytes();
    TileMemory memory = work.tile.memory;
    memory.results = work.output;
    memory.resultOffset =
        work.outputOffset + (firstRow * work.outputStride + firstColumn) * bytes;
    memory.resultStride = work.outputStride * bytes;
  }

  @Override
  public void store(
      Workspace work, int firstRow, int rows, int firstColumn, int columns, int stride) {
    boolean joined = work.outputStride == columns
        && (residualBytes == 0 || work.residualStride == columns)
        && (channels == 0 || channels == columns);
    int together = joined ? rowsAtOnce(columns) : 1;
    boolean gaps = together > 1 && columns < stride;
    if (gaps) {
      closeGaps(work, rows, columns, stride);
    }
    long between = gaps ? columns : stride;
    int count;
    for (int row = 0; row < rows; row += count) {
      count = Math.min(together, rows - row);
      store(work, firstRow + row, row * between, firstColumn, count * columns);
    }
  }

  /** Moves the sums of rows together, which are of whole vectors. */
  private void closeGaps(Workspace work, int rows, int columns, int stride) {
    Object sums = work.sums.array(stages[0].source);
    for (int row = 1; row < rows; row++) {
      System.arraycopy(sums, row * stride, sums, row * columns, columns);
    }
  }

  /** Stores so many words from the start of a row on. */
  private void store(Workspace work, long row, long sum, int column, int count) {
    MemorySegment source = work.sums.segment(stages[0].source);
    long from = sum * stages[0].source.bytes();
    for (int i = 0; i < stages.length; i++) {
      Stage stage = stages[i];
      MemorySegment target;
      long to = 0;
      if (i == stages.length - 1) {
        target = work.output;
        to = work.outputOffset + (row * work.outputStride + column) * stage.target.bytes();
      } else {
        work.stage[i & 1].ensure(stage.target, count);
        target = work.stage[i & 1].segment(stage.target);
      }
      compute(stage, work, source, from, target, to, row, column, count);
      source = target;
      from = to;
    }
  }

  private void compute(Stage stage, Workspace work, MemorySegment source, long from,
      MemorySegment target, long to, long row, int column, int count) {
    MemorySegment b = stage.residual
        ? work.residual
        : stage.b == null ? source : stage.b.segment();
    long bOffset = stage.residual
        ? work.residualOffset + (row * work.residualStride + column) * residualBytes
        : stage.b == null ? from : (long) column * Container.of(stage.b.format()).bytes();
    MemorySegment c = stage.c == null ? b : stage.c.segment();
    long cOffset = stage.c == null
        ? bOffset
        : (long) column * Container.of(stage.c.format()).bytes();
    stage.loops.compute(source, from, b, bOffset, c, cOffset, target, to, count, null);
  }
}
