package io.fixlane.network;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.layer.Weights;
import io.fixlane.network.plan.Samples;
import io.fixlane.network.plan.Types;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceConv2d;
import io.fixlane.reference.ReferenceGemm;
import io.fixlane.reference.ReferenceKHot;
import io.fixlane.reference.ReferencePool2d;
import io.fixlane.reference.ReferenceStage;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A network of random layers, and beside it the same in the arithmetic of the reference. */
final class RandomNetwork {
  /** Holds every sum of a small layer exactly. */
  private static final FixedFormat EXACT = FixedFormat.signed(600, 300);

  private final Random random;
  private final RandomWords draw;
  private final FixedFormat inputFormat;
  private final int[] inputShape;
  private final List<UnaryOperator<Image>> reference = new ArrayList<>();
  private final Network network;
  private int names;

  RandomNetwork(long seed) {
    this.random = new Random(seed);
    this.draw = new RandomWords(random);
    this.inputFormat = draw.format();
    this.inputShape = random.nextInt(3) == 0
        ? new int[] {draw.between(1, 20)}
        : new int[] {draw.between(1, 7), draw.between(1, 7), draw.between(1, 5)};
    NetworkBuilder builder = Network.builder(inputFormat, inputShape);
    int count = draw.between(1, 6);
    for (int i = 0; i < count; i++) {
      layer(builder, reference, 0);
    }
    this.network = builder.build();
  }

  Network network() {
    return network;
  }

  /** Returns random samples, many of their words at the ends of the range. */
  FixedTensor samples(int count) {
    return draw.words(inputFormat, Samples.shape(Types.of(inputFormat, inputShape), count));
  }

  /** Returns what the reference computes for a sample. */
  List<Fixed> expected(FixedTensor samples, int sample) {
    Image image = new Image(fixed(samples.row(sample)), inputShape);
    for (UnaryOperator<Image> layer : reference) {
      image = layer.apply(image);
    }
    return image.words();
  }

  static List<Fixed> fixed(FixedTensor words) {
    List<Fixed> values = new ArrayList<>();
    for (long i = 0; i < words.size(); i++) {
      values.add(words.value(i));
    }
    return values;
  }

  private void layer(NetworkBuilder builder, List<UnaryOperator<Image>> to, int depth) {
    boolean image = builder.resultShape().length == 3;
    switch (random.nextInt(image ? 9 : 5)) {
      case 0 -> unary(builder, to);
      case 1 -> scaleAndShift(builder, to);
      case 2 -> {
        if (image) {
          to.add(x -> new Image(x.words(), x.words().size()));
          builder.flatten(name());
        } else {
          dense(builder, to);
        }
      }
      case 3 -> {
        if (depth < 2) {
          block(builder, to, depth);
        }
      }
      case 4, 5, 6 -> {
        boolean binary = random.nextInt(3) == 0;
        if (image && binary) {
          binaryConv(builder, to);
        } else if (image) {
          conv(builder, to);
        } else if (binary) {
          binaryDense(builder, to);
        } else {
          dense(builder, to);
        }
      }
      case 7 -> pool(builder, to);
      default -> {
        FixedFormat result = draw.format();
        ImageShape all = image(builder);
        ReferencePool2d pool =
            new ReferencePool2d(all, Window.of(all.height(), all.width()));
        to.add(x -> new Image(pool.average(x.words(), result), x.channels()));
        builder.globalAveragePool(name(), result);
      }
    }
    if (to.isEmpty()) {
      unary(builder, to);
    }
  }

  private void unary(NetworkBuilder builder, List<UnaryOperator<Image>> to) {
    if (random.nextInt(5) == 0) {
      to.add(RandomThreshold.add(builder, name(), draw, random));
      return;
    }
    UnaryOperator<Fixed> function = RandomUnary.add(builder, name(), draw, random);
    to.add(x -> x.map(function));
  }

  private void scaleAndShift(NetworkBuilder builder, List<UnaryOperator<Image>> to) {
    int channels = builder.resultShape()[builder.resultShape().length - 1];
    FixedTensor scale = draw.words(draw.format(), channels);
    FixedTensor shift = draw.words(draw.format(), channels);
    FixedFormat result = draw.format();
    Weighted weights = weighted(scale);
    builder.scaleAndShift(name(), weights.weights(), shift, result);
    List<Fixed> shifts = fixed(shift);
    to.add(x -> scaled(x, weights.words(), shifts, result));
  }

  private static Image scaled(
      Image x, List<Fixed> scale, List<Fixed> shift, FixedFormat result) {
    return new Image(IntStream.range(0, x.words().size()).mapToObj(i -> {
      int c = i % x.channels();
      return x.words().get(i).times(scale.get(c)).plus(shift.get(c)).cast(result);
    }).toList(), x.shape());
  }

  private void dense(NetworkBuilder builder, List<UnaryOperator<Image>> to) {
    int k = builder.resultShape()[0];
    int n = draw.between(1, 20);
    Weighted weights = weighted(draw.words(draw.format(), k, n));
    RandomStage stage = new RandomStage(n);
    builder.dense(name(), weights.weights(), stage.stage);
    ReferenceGemm gemm = new ReferenceGemm(1, n, k, stage.reference());
    to.add(x -> stage.finish(
        new Image(gemm.run(x.words(), weights.words(), stage.bias()), n)));
  }

  private static ImageShape image(NetworkBuilder builder) {
    int[] shape = builder.resultShape();
    return ImageShape.of(shape[0], shape[1], shape[2]);
  }

  /** Returns a window that fits, whose padding is smaller than the kernel. */
  private Window window(ImageShape image) {
    while (true) {
      Window window = Window.of(draw.between(1, 3), draw.between(1, 3))
          .withStride(draw.between(1, 2), draw.between(1, 3));
      int y = window.kernelHeight();
      int x = window.kernelWidth();
      window = switch (random.nextInt(4)) {
        case 0 -> window.samePadding(image);
        case 1 -> window.samePaddingLower(image);
        default -> window.withPadding(
            random.nextInt(y), random.nextInt(y), random.nextInt(x), random.nextInt(x));
      };
      window = random.nextBoolean() ? window.ceil() : window;
      if (window.kernelHeight() <= image.height() + window.paddingTop() + window.paddingBottom()
          && window.kernelWidth() <= image.width() + window.paddingLeft() + window.paddingRight()) {
        return window;
      }
    }
  }

  private void conv(NetworkBuilder builder, List<UnaryOperator<Image>> to) {
    ImageShape image = image(builder);
    boolean depthwise = random.nextBoolean();
    int channels = image.channels();
    int outputs = depthwise ? channels : draw.between(1, 5);
    int groups = depthwise ? channels : 1;
    Window window = window(image);
    if (random.nextInt(3) == 0) {
      window = window.withDilation(draw.between(1, 2), draw.between(1, 2)).samePadding(image);
    }
    Weighted weights = weighted(draw.words(draw.format(), outputs, channels / groups,
        window.kernelHeight(), window.kernelWidth()));
    RandomStage stage = new RandomStage(outputs);
    builder.conv2d(name(), weights.weights(), window, stage.stage);
    ReferenceConv2d conv =
        new ReferenceConv2d(image, outputs, window, groups, stage.reference());
    int[] out = builder.resultShape();
    to.add(x -> stage.finish(
        new Image(conv.run(x.words(), weights.words(), stage.bias()), out)));
  }

  private void binaryDense(NetworkBuilder builder, List<UnaryOperator<Image>> to) {
    int k = builder.resultShape()[0];
    int n = draw.between(1, 20);
    FixedTensor weights = draw.words(draw.format(), k, n);
    RandomSigns result = new RandomSigns(random, draw.format(), n, k);
    builder.binaryDense(name(), weights, result.result());
    ReferenceGemm gemm = new ReferenceGemm(1, n, k, result.sums());
    List<Fixed> signs = RandomSigns.units(fixed(weights));
    to.add(x -> result.finish(new Image(gemm.run(RandomSigns.units(x.words()), signs), n)));
  }

  private void binaryConv(NetworkBuilder builder, List<UnaryOperator<Image>> to) {
    ImageShape image = image(builder);
    Window window = window(image);
    int outputs = draw.between(1, 5);
    int k = image.channels() * window.taps();
    FixedTensor weights = draw.words(draw.format(), outputs, image.channels(),
        window.kernelHeight(), window.kernelWidth());
    RandomSigns result = new RandomSigns(random, draw.format(), outputs, k);
    builder.binaryConv2d(name(), weights, window, result.result());
    ReferenceConv2d conv = new ReferenceConv2d(image, outputs, window, 1, result.sums());
    List<Fixed> signs = RandomSigns.units(fixed(weights));
    int[] out = builder.resultShape();
    to.add(x -> result.finish(
        new Image(conv.run(RandomSigns.units(x.words()), signs), out)));
  }

  private void pool(NetworkBuilder builder, List<UnaryOperator<Image>> to) {
    ImageShape image = image(builder);
    Window window = window(image);
    FixedFormat result = draw.format();
    ReferencePool2d pool = new ReferencePool2d(image, window);
    int function = random.nextInt(3);
    switch (function) {
      case 0 -> builder.maxPool(name(), window);
      case 1 -> builder.averagePool(name(), window, result);
      default -> builder.averagePoolOfPadded(name(), window, result);
    }
    int[] out = builder.resultShape();
    to.add(x -> new Image(switch (function) {
      case 0 -> pool.max(x.words());
      case 1 -> pool.average(x.words(), result);
      default -> pool.averageOfPadded(x.words(), result);
    }, out));
  }

  /** Body and shortcut do not change the shape, but formats. */
  private void block(NetworkBuilder builder, List<UnaryOperator<Image>> to, int depth) {
    List<UnaryOperator<Image>> body = new ArrayList<>();
    List<UnaryOperator<Image>> shortcut = new ArrayList<>();
    boolean identity = random.nextBoolean();
    boolean relu = random.nextBoolean();
    FixedFormat result = draw.format();
    String name = name();
    Consumer<NetworkBuilder> one = inner -> same(inner, body, depth);
    Consumer<NetworkBuilder> two = inner -> {
      if (!identity) {
        same(inner, shortcut, depth);
      }
    };
    if (relu) {
      builder.residualAdd(name, one, two, result);
    } else {
      builder.add(name, one, two, result);
    }
    to.add(x -> {
      Image a = x;
      for (UnaryOperator<Image> layer : body) {
        a = layer.apply(a);
      }
      Image b = x;
      for (UnaryOperator<Image> layer : shortcut) {
        b = layer.apply(b);
      }
      List<Fixed> sum = new ArrayList<>();
      for (int i = 0; i < a.words().size(); i++) {
        Fixed exact = a.words().get(i).plus(b.words().get(i));
        sum.add((relu ? RandomUnary.relu(exact) : exact).cast(result));
      }
      return new Image(sum, x.shape());
    });
  }

  private void same(NetworkBuilder builder, List<UnaryOperator<Image>> to, int depth) {
    unary(builder, to);
    scaleAndShift(builder, to);
    if (depth == 0 && random.nextBoolean()) {
      block(builder, to, depth + 1);
    }
  }

  /** Weights, and the words that the reference multiplies by. */
  private record Weighted(Weights weights, List<Fixed> words) {}

  private Weighted weighted(FixedTensor words) {
    if (random.nextInt(3) > 0) {
      return new Weighted(Weights.of(words), fixed(words));
    }
    int k = draw.between(1, 3);
    KHotRule rule = KHotRule.values()[random.nextInt(KHotRule.values().length)];
    return new Weighted(Weights.kHot(words, k, rule),
        fixed(words).stream().map(new ReferenceKHot(k, rule)::encode).toList());
  }

  /** A random output stage, and the same for the reference. */
  private final class RandomStage {
    private final FixedFormat output = draw.format();
    private final @Nullable FixedTensor bias;
    private final @Nullable FixedFormat accumulator;
    private final boolean relu = random.nextBoolean();
    private final OutputStage stage;
    private final List<UnaryOperator<Image>> steps = new ArrayList<>();

    RandomStage(int channels) {
      OutputStage made = OutputStage.to(output);
      this.bias = random.nextBoolean() ? draw.words(draw.format(), channels) : null;
      this.accumulator = random.nextInt(3) == 0 ? draw.format() : null;
      made = bias == null ? made : made.withBias(bias);
      made = accumulator == null ? made : made.withAccumulator(accumulator);
      made = relu ? made.withRelu() : made;
      if (random.nextInt(3) == 0) {
        FixedTensor scale = draw.words(draw.format(), channels);
        FixedTensor shift = draw.words(draw.format(), channels);
        FixedFormat result = draw.format();
        made = made.withScaleAndShift(scale, shift, result);
        steps.add(x -> scaled(x, fixed(scale), fixed(shift), result));
      }
      this.stage = made;
    }

    ReferenceStage reference() {
      return new ReferenceStage(
          accumulator == null ? EXACT : accumulator, relu, output);
    }

    @Nullable
    List<Fixed> bias() {
      return bias == null ? null : fixed(bias);
    }

    Image finish(Image image) {
      Image finished = image;
      for (UnaryOperator<Image> step : steps) {
        finished = step.apply(finished);
      }
      return finished;
    }
  }

  private String name() {
    return "layer " + names++;
  }
}
