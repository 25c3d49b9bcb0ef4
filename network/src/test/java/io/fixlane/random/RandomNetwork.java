package io.fixlane.random;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.network.Network;
import io.fixlane.network.NetworkBuilder;
import io.fixlane.network.layer.Weights;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceConv2d;
import io.fixlane.reference.ReferenceGemm;
import io.fixlane.reference.ReferenceKHot;
import io.fixlane.reference.ReferencePool2d;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A network of random layers, and beside it the same in the arithmetic of the reference. */
public final class RandomNetwork {
  private final Random random;
  private final RandomWords draw;
  private final FixedFormat inputFormat;
  private final int[] inputShape;
  private final List<UnaryOperator<Image>> reference = new ArrayList<>();
  private final Network network;
  private int names;

  /** Draws a network. */
  public RandomNetwork(long seed, Draws draws) {
    this.random = new Random(seed);
    this.draw = new RandomWords(random, draws);
    this.inputFormat = draw.format();
    this.inputShape = random.nextInt(3) == 0
        ? new int[] {draw.between(1, 20)}
        : new int[] {draw.between(1, 7), draw.between(1, 7), draw.between(1, 5)};
    NetworkBuilder builder = Network.builder(inputFormat, inputShape);
    int count = draw.between(1, 6);
    for (int i = 0; i < count; i++) {
      int before = reference.size();
      try {
        layer(builder, reference, 0);
      } catch (IllegalArgumentException e) {
        // Words too wide for the kernels, or a start that a padded accumulator cannot have.
        reference.subList(before, reference.size()).clear();
        FixedFormat result = draw.format();
        builder.cast(name(), result);
        reference.add(x -> x.map(word -> word.cast(result)));
      }
    }
    this.network = builder.build();
  }

  /** Returns the network. */
  public Network network() {
    return network;
  }

  /** Returns random samples, many of their words at the ends of the range. */
  public FixedTensor samples(int count) {
    return draw.words(inputFormat,
        IntStream.concat(IntStream.of(count), Arrays.stream(inputShape)).toArray());
  }

  /** Returns what the reference computes for a sample. */
  public List<Fixed> expected(FixedTensor samples, int sample) {
    Image image = new Image(fixed(samples.row(sample)), inputShape);
    for (UnaryOperator<Image> layer : reference) {
      image = layer.apply(image);
    }
    return image.words();
  }

  /** Returns words as values of the reference. */
  public static List<Fixed> fixed(FixedTensor words) {
    List<Fixed> values = new ArrayList<>();
    for (long i = 0; i < words.size(); i++) {
      values.add(words.value(i));
    }
    return values;
  }

  private void layer(NetworkBuilder builder, List<UnaryOperator<Image>> to, int depth) {
    boolean image = builder.resultShape().length == 3;
    switch (random.nextInt(image ? 11 : 6)) {
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
      case 4 -> {
        if (depth < 2 && builder.resultShape()[builder.resultShape().length - 1] < 30) {
          concat(builder, to, depth);
        }
      }
      case 5, 6, 7 -> {
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
      case 8 -> pool(builder, to);
      case 9 -> upsample(builder, to);
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
    to.add(x -> RandomStage.scaled(x, weights.words(), shifts, result));
  }

  private void dense(NetworkBuilder builder, List<UnaryOperator<Image>> to) {
    int k = builder.resultShape()[0];
    int n = draw.between(1, draw.draws().outputs());
    Weighted weights = weighted(draw.words(draw.format(), k, n));
    RandomStage stage = new RandomStage(random, draw, n);
    builder.dense(name(), weights.weights(), stage.stage());
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

  private int groups(int channels) {
    return switch (random.nextInt(3)) {
      case 0 -> channels;
      case 1 -> channels % 2 == 0 ? 2 : 1;
      default -> 1;
    };
  }

  private void conv(NetworkBuilder builder, List<UnaryOperator<Image>> to) {
    ImageShape image = image(builder);
    int channels = image.channels();
    int groups = groups(channels);
    int outputs = groups * draw.between(1, Math.max(1, 5 / groups));
    Window window = window(image);
    if (random.nextInt(3) == 0) {
      window = window.withDilation(draw.between(1, 2), draw.between(1, 2)).samePadding(image);
    }
    Weighted weights = weighted(draw.words(draw.format(), outputs, channels / groups,
        window.kernelHeight(), window.kernelWidth()));
    RandomStage stage = new RandomStage(random, draw, outputs);
    builder.conv2d(name(), weights.weights(), window, stage.stage());
    ReferenceConv2d conv =
        new ReferenceConv2d(image, outputs, window, groups, stage.reference());
    int[] out = builder.resultShape();
    to.add(x -> stage.finish(
        new Image(conv.run(x.words(), weights.words(), stage.bias()), out)));
  }

  private void binaryDense(NetworkBuilder builder, List<UnaryOperator<Image>> to) {
    int k = builder.resultShape()[0];
    int n = draw.between(1, draw.draws().outputs());
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
    int groups = groups(image.channels());
    int outputs = groups * draw.between(1, Math.max(1, 5 / groups));
    int k = image.channels() / groups * window.taps();
    FixedTensor weights = draw.words(draw.format(), outputs, image.channels() / groups,
        window.kernelHeight(), window.kernelWidth());
    RandomSigns result = new RandomSigns(random, draw.format(), outputs, k);
    builder.binaryConv2d(name(), weights, window, result.result());
    ReferenceConv2d conv = new ReferenceConv2d(image, outputs, window, groups, result.sums());
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
      Image a = applied(body, x);
      Image b = applied(shortcut, x);
      List<Fixed> sum = new ArrayList<>();
      for (int i = 0; i < a.words().size(); i++) {
        Fixed exact = a.words().get(i).plus(b.words().get(i));
        sum.add((relu ? RandomUnary.relu(exact) : exact).cast(result));
      }
      return new Image(sum, x.shape());
    });
  }

  private void upsample(NetworkBuilder builder, List<UnaryOperator<Image>> to) {
    int[] shape = builder.resultShape();
    upsample(builder, to,
        shape[0] > 8 ? 1 : draw.between(1, 3), shape[1] > 8 ? 1 : draw.between(1, 3));
  }

  private void upsample(NetworkBuilder builder, List<UnaryOperator<Image>> to, int y, int x) {
    int columns = builder.resultShape()[1];
    builder.upsample(name(), y, x);
    int[] out = builder.resultShape();
    to.add(image -> new Image(IntStream.range(0, out[0] * out[1])
        .mapToObj(i -> image.pixel(i / out[1] / y * columns + i % out[1] / x))
        .flatMap(List::stream).toList(), out));
  }

  /** The image beside one that is made smaller and larger again, or another that has its size. */
  private void concat(NetworkBuilder builder, List<UnaryOperator<Image>> to, int depth) {
    List<UnaryOperator<Image>> one = new ArrayList<>();
    List<UnaryOperator<Image>> other = new ArrayList<>();
    int[] shape = builder.resultShape();
    boolean even = shape.length == 3 && shape[0] % 2 == 0 && shape[1] % 2 == 0;
    int given = random.nextInt(3);
    FixedFormat result = random.nextBoolean() ? builder.resultFormat() : draw.format();
    Consumer<NetworkBuilder> first = inner -> {
      if (given > 0) {
        same(inner, one, depth);
      }
    };
    Consumer<NetworkBuilder> second = inner -> {
      if (given != 1) {
        if (even) {
          smaller(inner, other, depth);
        } else if (shape.length == 1) {
          dense(inner, other);
        } else {
          same(inner, other, depth);
        }
      }
    };
    builder.concat(name(), first, second, result);
    int[] out = builder.resultShape();
    to.add(x -> {
      Image a = applied(one, x);
      Image b = applied(other, x);
      List<Fixed> words = new ArrayList<>();
      for (int pixel = 0; pixel < a.words().size() / a.channels(); pixel++) {
        words.addAll(a.pixel(pixel));
        words.addAll(b.pixel(pixel));
      }
      return new Image(words.stream().map(word -> word.cast(result)).toList(), out);
    });
  }

  private static Image applied(List<UnaryOperator<Image>> layers, Image x) {
    Image image = x;
    for (UnaryOperator<Image> layer : layers) {
      image = layer.apply(image);
    }
    return image;
  }

  private void smaller(NetworkBuilder builder, List<UnaryOperator<Image>> to, int depth) {
    ImageShape image = image(builder);
    Window window = Window.of(2, 2).withStride(2, 2);
    ReferencePool2d pool = new ReferencePool2d(image, window);
    builder.maxPool(name(), window);
    int[] half = builder.resultShape();
    to.add(x -> new Image(pool.max(x.words()), half));
    if (depth == 0) {
      concat(builder, to, 1);
    }
    upsample(builder, to, 2, 2);
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

  private String name() {
    return "layer " + names++;
  }
}
