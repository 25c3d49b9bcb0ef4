package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds the products of a layer, in {@link Gemm} and {@code Conv2d}:
 *
 * <pre>
 *   ACC s = bias[n];
 *   s += ...;
 *   if (relu &amp;&amp; s &lt; 0) s = 0;
 *   OUT z = s;
 *   z = (RESULT) (z * scale[n] + shift[n]);      any number of such steps, in any order
 *   z = (RESULT) max(z + residual, 0);
 * </pre>
 *
 * <p>The accumulator ACC is exact unless one is given. Immutable: each method returns another
 * stage.
 *
 * {@snippet class="io.fixlane.kernels.example.GemmExample" region="stage"}
 */
public final class OutputStage {
  private final List<FixedFormat> outputs;
  private final @Nullable FixedTensor bias;
  private final @Nullable FixedFormat accumulator;
  private final boolean relu;
  private final List<Step> steps;
  private final @Nullable FixedFormat residual;

  /** A step behind the cast from the accumulator. */
  public sealed interface Step {
    /** Returns the format of what the step computes. */
    FixedFormat result();
  }

  /**
   * {@code z * scale[n] + shift[n]}.
   *
   * @param scale one word for each output channel
   * @param shift as many words
   * @param result the format of what the step computes
   */
  public record ScaleAndShift(FixedTensor scale, FixedTensor shift, FixedFormat result)
      implements Step {
    /** Makes the step. */
    public ScaleAndShift {
      Objects.requireNonNull(scale, "scale");
      Objects.requireNonNull(shift, "shift");
      Objects.requireNonNull(result, "result");
    }
  }

  /**
   * {@code max(z + residual, 0)}.
   *
   * @param residual the format of what is added
   * @param result the format of what the step computes
   */
  public record ResidualAdd(FixedFormat residual, FixedFormat result) implements Step {
    /** Makes the step. */
    public ResidualAdd {
      Objects.requireNonNull(residual, "residual");
      Objects.requireNonNull(result, "result");
    }
  }

  private OutputStage(
      List<FixedFormat> outputs, @Nullable FixedTensor bias, @Nullable FixedFormat accumulator,
      boolean relu, List<Step> steps) {
    this.outputs = outputs;
    this.bias = bias;
    this.accumulator = accumulator;
    this.relu = relu;
    this.steps = steps;
    this.residual = residual(steps);
  }

  private static @Nullable FixedFormat residual(List<Step> steps) {
    for (Step step : steps) {
      if (step instanceof ResidualAdd add) {
        return add.residual();
      }
    }
    return null;
  }

  /** Returns the stage that casts the exact sum of products into a format. */
  public static OutputStage to(FixedFormat output) {
    Objects.requireNonNull(output, "output");
    return new OutputStage(List.of(output), null, null, false, List.of());
  }

  /**
   * Returns the stage that casts the exact sum of each output channel into a format of its own. The
   * formats differ in the place of their binary point alone; a tensor of the results has that of
   * the first channel.
   *
   * @throws IllegalArgumentException if there is no format, or formats differ in width, sign or
   *     modes
   */
  public static OutputStage toEach(List<FixedFormat> outputs) {
    Objects.requireNonNull(outputs, "outputs");
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException(
          "outputs is empty: it must have a format for each channel");
    }
    FixedFormat first = outputs.getFirst();
    for (FixedFormat output : outputs) {
      Objects.requireNonNull(output, "outputs holds null");
      if (!alike(first, output)) {
        throw new IllegalArgumentException(
            "outputs holds " + first + " and " + output
                + ": formats of channels may differ in their integer bits alone");
      }
    }
    return new OutputStage(List.copyOf(outputs), null, null, false, List.of());
  }

  /** Returns whether formats differ in the place of their binary point at most. */
  private static boolean alike(FixedFormat one, FixedFormat other) {
    return one.withIntegerBits(0).equals(other.withIntegerBits(0));
  }

  /**
   * Returns this stage with sums that start from a bias, cast into the accumulator.
   *
   * @param newBias one word for each output channel; it is copied when a plan is built
   */
  public OutputStage withBias(FixedTensor newBias) {
    Objects.requireNonNull(newBias, "newBias");
    return new OutputStage(outputs, newBias, accumulator, relu, steps);
  }

  /** Returns this stage with sums that are cast into a format at every step. */
  public OutputStage withAccumulator(FixedFormat newAccumulator) {
    Objects.requireNonNull(newAccumulator, "newAccumulator");
    return new OutputStage(outputs, bias, newAccumulator, relu, steps);
  }

  /** Returns this stage with negative sums becoming 0. */
  public OutputStage withRelu() {
    return new OutputStage(outputs, bias, accumulator, true, steps);
  }

  /**
   * Returns this stage with one more step, {@code (RESULT) (z * scale[n] + shift[n])}: the
   * batch-norm of a deployed network, as {@link Elementwise#scaleAndShift} computes it.
   *
   * @param scale one word for each output channel
   * @param shift as many words
   * @param result RESULT
   * @throws IllegalArgumentException if channels have formats of their own
   */
  public OutputStage withScaleAndShift(FixedTensor scale, FixedTensor shift, FixedFormat result) {
    return with(new ScaleAndShift(scale, shift, result));
  }

  /**
   * Returns this stage with one more step, {@code (RESULT) max(z + residual, 0)}, as
   * {@link Elementwise#residualAdd} computes it.
   *
   * @param residual the format of what is added, which the run is given
   * @param result RESULT
   * @throws IllegalArgumentException if the stage adds a residual already, or channels have formats
   *     of their own
   */
  public OutputStage withResidualAdd(FixedFormat residual, FixedFormat result) {
    if (this.residual != null) {
      throw new IllegalArgumentException("withResidualAdd stands twice: a stage adds one residual");
    }
    return with(new ResidualAdd(residual, result));
  }

  private OutputStage with(Step step) {
    if (outputs.size() > 1) {
      throw new IllegalArgumentException(
          "the channels have formats of their own: no step can follow");
    }
    List<Step> more = new ArrayList<>(steps);
    more.add(step);
    return new OutputStage(outputs, bias, accumulator, relu, List.copyOf(more));
  }

  /** Returns this stage for the output channels from the first to before the last. */
  OutputStage slice(int first, int last) {
    List<Step> sliced = new ArrayList<>();
    for (Step step : steps) {
      sliced.add(switch (step) {
        case ScaleAndShift s -> new ScaleAndShift(
            slice(s.scale(), first, last), slice(s.shift(), first, last), s.result());
        case ResidualAdd r -> r;
      });
    }
    return new OutputStage(outputs.size() == 1 ? outputs : outputs.subList(first, last),
        bias == null ? null : slice(bias, first, last), accumulator, relu, sliced);
  }

  private static FixedTensor slice(FixedTensor words, int first, int last) {
    return words.reshape(Math.toIntExact(words.size())).slice(first, last);
  }

  /** Requires what is given for each channel to be given for so many. */
  void requireChannels(int channels) {
    if (outputs.size() > 1 && outputs.size() != channels) {
      throw new IllegalArgumentException("outputs has " + outputs.size()
          + " formats: it must have one for each of " + channels + " channels");
    }
    requireWords("bias", bias, channels);
    for (Step step : steps) {
      if (step instanceof ScaleAndShift s) {
        requireWords("scale", s.scale(), channels);
        requireWords("shift", s.shift(), channels);
      }
    }
  }

  /**
   * Requires sums to start from words that adding 0 leaves as they are: a tap in the padding is
   * such a step, which HLS code does not take. AP_SAT_SYM alone has one that it changes, -2^(W-1),
   * and only a bias of the accumulator's own format can hold it.
   */
  void requireStableStarts() {
    if (bias == null || accumulator == null || !bias.format().equals(accumulator)) {
      return;
    }
    for (long i = 0; i < bias.size(); i++) {
      BigInteger raw = bias.value(i).raw();
      if (!accumulator.keeps(raw)) {
        throw new IllegalArgumentException("bias has the raw word " + raw
            + " at " + i + ": with padding, " + accumulator
            + " must start from words that it saturates to");
      }
    }
  }

  /** Requires a run to be given a residual where the stage adds one, and only there. */
  void requireResidual(boolean given) {
    if (given != (residual != null)) {
      throw new IllegalArgumentException(given
          ? "residual is given: the output stage adds none"
          : "residual is missing: the output stage adds one of " + residual);
    }
  }

  private static void requireWords(String name, @Nullable FixedTensor words, int channels) {
    if (words != null && words.size() != channels) {
      throw new IllegalArgumentException(name + " has " + words.size()
          + " words: it must have one for each of " + channels + " channels");
    }
  }

  /**
   * Returns the formats that the accumulator is cast into: one for all output channels, or one for
   * each.
   */
  public List<FixedFormat> outputs() {
    return outputs;
  }

  /** Returns the bias as it was given, or null where there is none. */
  public @Nullable FixedTensor bias() {
    return bias;
  }

  /** Returns the format that sums are cast into at every step, or null where they are exact. */
  public @Nullable FixedFormat accumulator() {
    return accumulator;
  }

  /** Returns whether negative sums become 0. */
  public boolean relu() {
    return relu;
  }

  /** Returns the steps behind the cast from the accumulator, in their order. */
  public List<Step> steps() {
    return steps;
  }

  /** Returns the format of the residual, or null where there is none. */
  @Nullable
  FixedFormat residual() {
    return residual;
  }

  /** Returns the format of the results: of the last step; of the first channel. */
  public FixedFormat result() {
    return steps.isEmpty() ? outputs.getFirst() : steps.getLast().result();
  }

  /** Returns the steps: {@code bias, relu, cast into ap_fixed<8,3>}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(bias == null ? "" : "bias of " + bias.format() + ", ")
        .append(relu ? "relu, " : "")
        .append("cast into ")
        .append(outputs.getFirst())
        .append(outputs.size() > 1 ? " and the like for each channel" : "");
    for (Step step : steps) {
      text.append(switch (step) {
        case ScaleAndShift s -> ", scale and shift into " + s.result();
        case ResidualAdd r -> ", add a residual of " + r.residual() + " into " + r.result();
      });
    }
    return text.toString();
  }
}
