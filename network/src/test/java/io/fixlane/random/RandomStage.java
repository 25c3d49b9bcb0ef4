package io.fixlane.random;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceStage;
import io.fixlane.tensor.FixedTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A random output stage, and the same for the reference. */
final class RandomStage {
  /** Holds every sum of a small layer exactly. */
  private static final FixedFormat EXACT = FixedFormat.signed(600, 300);

  private final FixedFormat output;
  private final @Nullable FixedTensor bias;
  private final @Nullable FixedFormat accumulator;
  private final boolean relu;
  private final OutputStage stage;
  private final List<UnaryOperator<Image>> steps = new ArrayList<>();

  RandomStage(Random random, RandomWords draw, int channels) {
    this.output = draw.format();
    this.relu = random.nextBoolean();
    OutputStage made = OutputStage.to(output);
    this.bias = random.nextBoolean() ? draw.words(draw.format(), channels) : null;
    this.accumulator = random.nextInt(3) == 0 ? draw.format() : null;
    made = bias == null ? made : made.withBias(bias);
    made = accumulator == null ? made : made.withAccumulator(accumulator);
    made = relu ? made.withRelu() : made;
    int count = random.nextInt(3) == 0 ? draw.between(1, 2) : 0;
    for (int i = 0; i < count; i++) {
      FixedTensor scale = draw.words(draw.format(), channels);
      FixedTensor shift = draw.words(draw.format(), channels);
      FixedFormat result = draw.format();
      made = made.withScaleAndShift(scale, shift, result);
      steps.add(x -> scaled(x, RandomNetwork.fixed(scale), RandomNetwork.fixed(shift), result));
    }
    this.stage = made;
  }

  OutputStage stage() {
    return stage;
  }

  ReferenceStage reference() {
    return new ReferenceStage(
        accumulator == null ? EXACT : accumulator, relu, output);
  }

  @Nullable
  List<Fixed> bias() {
    return bias == null ? null : RandomNetwork.fixed(bias);
  }

  Image finish(Image image) {
    Image finished = image;
    for (UnaryOperator<Image> step : steps) {
      finished = step.apply(finished);
    }
    return finished;
  }

  /** Returns the words of an image with a scale and a shift for each channel. */
  static Image scaled(
      Image x, List<Fixed> scale, List<Fixed> shift, FixedFormat result) {
    return new Image(IntStream.range(0, x.words().size()).mapToObj(i -> {
      int c = i % x.channels();
      return x.words().get(i).times(scale.get(c)).plus(shift.get(c)).cast(result);
    }).toList(), x.shape());
  }
}
