package io.fixlane.onnx;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.Network;
import io.fixlane.network.NetworkBuilder;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.layer.Weights;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** A network of random layers of all kinds, in formats of all modes. */
final class RandomNetwork {
  private static final int WIDEST_TABLE = 10;

  private final Random random;
  private final int widest;
  private final Network network;
  private int names;

  /** Makes a network whose formats have so many bits at most. */
  RandomNetwork(long seed, int widest) {
    this.random = new Random(seed);
    this.widest = widest;
    NetworkBuilder builder = Network.builder(format(), random.nextInt(3) == 0
        ? new int[] {between(1, 20)}
        : new int[] {between(1, 7), between(1, 7), between(1, 5)});
    int count = between(1, 5);
    for (int i = 0; i < count; i++) {
      try {
        layer(builder, 0);
      } catch (IllegalArgumentException e) {
        // Words too wide for the kernels, or a start that a padded accumulator cannot have.
        builder.cast(name(), format());
      }
    }
    this.network = builder.build();
  }

  Network network() {
    return network;
  }

  /** Returns random samples, many of their words at the ends of the range. */
  FixedTensor samples(int count) {
    int[] shape = network.inputShape();
    int[] batch = new int[shape.length + 1];
    batch[0] = count;
    System.arraycopy(shape, 0, batch, 1, shape.length);
    return words(network.inputFormat(), batch);
  }

  private int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  private <E extends Enum<E>> E any(E[] values) {
    return values[random.nextInt(values.length)];
  }

  private FixedFormat format() {
    int width = random.nextInt(4) == 0 ? between(1, widest) : between(2, 8);
    OverflowMode overflow = any(OverflowMode.values());
    boolean signed = overflow == OverflowMode.AP_WRAP_SM || random.nextInt(4) > 0;
    return new FixedFormat(signed, width, between(-2, width + 2),
        any(QuantizationMode.values()), overflow,
        overflow.wraps() ? random.nextInt(width + 1) : 0);
  }

  private FixedTensor words(FixedFormat format, int... shape) {
    FixedTensor words = FixedTensor.allocate(format, shape);
    long low = format.minRaw().longValueExact();
    long high = format.maxRaw().longValueExact();
    for (long i = 0; i < words.size(); i++) {
      words.setRaw(i, switch (random.nextInt(8)) {
        case 0 -> low;
        case 1 -> high;
        default -> random.nextLong(low, high + 1);
      });
    }
    return words;
  }

  private void layer(NetworkBuilder builder, int depth) {
    boolean image = builder.resultShape().length == 3;
    switch (random.nextInt(image ? 12 : 7)) {
      case 0 -> unary(builder);
      case 1 -> scaleAndShift(builder);
      case 2 -> {
        if (depth < 2) {
          block(builder, depth);
        } else {
          unary(builder);
        }
      }
      case 3 -> {
        int[] shape = builder.resultShape();
        if (depth < 2 && shape[shape.length - 1] < 30) {
          concat(builder, depth);
        } else {
          unary(builder);
        }
      }
      case 4, 5, 6, 7 -> {
        if (image) {
          conv(builder);
        } else {
          dense(builder);
        }
      }
      case 8, 9 -> pool(builder);
      case 10 -> upsample(builder);
      default -> {
        if (random.nextBoolean()) {
          builder.globalAveragePool(name(), format());
        } else {
          builder.flatten(name());
        }
      }
    }
  }

  private void threshold(NetworkBuilder builder) {
    FixedFormat x = builder.resultFormat();
    int[] shape = builder.resultShape();
    int lists = random.nextBoolean() ? shape[shape.length - 1] : 1;
    int count = between(1, 12);
    FixedTensor thresholds = words(random.nextBoolean()
        ? FixedFormat.signed(x.width() + 2, x.integerBits() + 1)
        : format(), lists, count);
    for (int list = 0; list < lists; list++) {
      FixedTensor row = thresholds.row(list);
      long[] sorted = LongStream.range(0, count).map(row::raw).sorted().toArray();
      for (int t = 0; t < count; t++) {
        row.setRaw(t, sorted[t]);
      }
    }
    FixedFormat result = format();
    Fixed start = words(result, 1).value(0);
    long up = (result.maxRaw().longValue() - start.raw().longValue()) / count;
    long down = (result.minRaw().longValue() - start.raw().longValue()) / count;
    builder.threshold(name(), thresholds, start, random.nextLong(down, up + 1));
  }

  private void unary(NetworkBuilder builder) {
    if (random.nextInt(5) == 0) {
      threshold(builder);
      return;
    }
    FixedFormat x = builder.resultFormat();
    FixedFormat result = random.nextInt(4) == 0 ? x : format();
    switch (random.nextInt(5)) {
      case 0 -> {
        if (x.width() <= WIDEST_TABLE) {
          builder.lookUp(name(), words(result, 1 << x.width()));
        } else {
          builder.cast(name(), result);
        }
      }
      case 1 -> builder.leakyRelu(name(), new Fixed(FixedFormat.signed(8, 2),
          BigInteger.valueOf(random.nextInt(-128, 128))), result);
      case 2 -> builder.leakyRelu(name(), random.nextInt(5), result);
      case 3 -> builder.relu(name(), result);
      default -> builder.cast(name(), result);
    }
  }

  private void scaleAndShift(NetworkBuilder builder) {
    int channels = builder.resultShape()[builder.resultShape().length - 1];
    builder.scaleAndShift(name(), weights(words(format(), channels)),
        words(format(), channels), format());
  }

  private Weights weights(FixedTensor words) {
    return random.nextInt(3) > 0
        ? Weights.of(words)
        : Weights.kHot(words, between(1, 3), any(KHotRule.values()));
  }

  private OutputStage stage(int channels) {
    OutputStage stage = OutputStage.to(format());
    FixedFormat accumulator = random.nextInt(2) == 0 ? format() : null;
    if (random.nextBoolean()) {
      FixedFormat bias = accumulator == null || random.nextBoolean() ? format() : accumulator;
      stage = stage.withBias(words(bias, channels));
    }
    stage = accumulator == null ? stage : stage.withAccumulator(accumulator);
    stage = random.nextBoolean() ? stage.withRelu() : stage;
    return random.nextInt(3) > 0
        ? stage
        : stage.withScaleAndShift(
            words(format(), channels), words(format(), channels), format());
  }

  private BinaryResult result(int outputs, int k) {
    return random.nextBoolean()
        ? BinaryResult.sums(format())
        : BinaryResult.signs(random.ints(outputs, -k / 2 - 1, k / 2 + 2).toArray());
  }

  private void dense(NetworkBuilder builder) {
    int k = builder.resultShape()[0];
    int n = between(1, 20);
    if (random.nextInt(3) == 0) {
      builder.binaryDense(name(), words(format(), k, n), result(n, k));
    } else {
      builder.dense(name(), weights(words(format(), k, n)), stage(n));
    }
  }

  private static ImageShape image(NetworkBuilder builder) {
    int[] shape = builder.resultShape();
    return ImageShape.of(shape[0], shape[1], shape[2]);
  }

  private Window window(ImageShape image) {
    while (true) {
      Window window = Window.of(between(1, 3), between(1, 3))
          .withStride(between(1, 2), between(1, 3));
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
          && window.kernelWidth() <= image.width() + window.paddingLeft()
              + window.paddingRight()) {
        return window;
      }
    }
  }

  private void conv(NetworkBuilder builder) {
    ImageShape image = image(builder);
    int groups = random.nextBoolean() ? image.channels() : 1;
    int outputs = groups * between(1, groups == 1 ? 5 : 2);
    Window window = window(image);
    if (random.nextInt(3) == 0) {
      window = window.withDilation(between(1, 2), between(1, 2)).samePadding(image);
    }
    FixedTensor words = words(format(), outputs, image.channels() / groups,
        window.kernelHeight(), window.kernelWidth());
    if (random.nextInt(3) == 0) {
      builder.binaryConv2d(name(), words, window,
          result(outputs, image.channels() / groups * window.taps()));
      return;
    }
    builder.conv2d(name(), weights(words), window, stage(outputs));
  }

  private void pool(NetworkBuilder builder) {
    Window window = window(image(builder));
    switch (random.nextInt(3)) {
      case 0 -> builder.maxPool(name(), window);
      case 1 -> builder.averagePool(name(), window, format());
      default -> builder.averagePoolOfPadded(name(), window, format());
    }
  }

  private void block(NetworkBuilder builder, int depth) {
    Consumer<NetworkBuilder> body = inner -> same(inner, depth);
    Consumer<NetworkBuilder> shortcut = inner -> {
      if (random.nextBoolean()) {
        same(inner, depth);
      }
    };
    if (random.nextBoolean()) {
      builder.residualAdd(name(), body, shortcut, format());
    } else {
      builder.add(name(), body, shortcut, format());
    }
  }

  private void upsample(NetworkBuilder builder) {
    int[] shape = builder.resultShape();
    builder.upsample(
        name(), shape[0] > 8 ? 1 : between(1, 3), shape[1] > 8 ? 1 : between(1, 3));
  }

  /** What comes, or something like it, beside an image made smaller and larger, or other words. */
  private void concat(NetworkBuilder builder, int depth) {
    int[] shape = builder.resultShape();
    boolean even = shape.length == 3 && shape[0] % 2 == 0 && shape[1] % 2 == 0;
    int given = random.nextInt(3);
    FixedFormat result = random.nextBoolean() ? builder.resultFormat() : format();
    Consumer<NetworkBuilder> other = inner -> {
      if (even) {
        inner.maxPool(name(), Window.of(2, 2).withStride(2, 2));
        if (depth == 0) {
          concat(inner, 1);
        }
        inner.upsample(name(), 2, 2);
      } else if (shape.length == 1) {
        dense(inner);
      } else {
        same(inner, depth);
      }
    };
    builder.concat(name(), inner -> {
      if (given > 0) {
        same(inner, depth);
      }
    }, given == 1 ? _ -> {} : other, result);
  }

  private void same(NetworkBuilder builder, int depth) {
    unary(builder);
    scaleAndShift(builder);
    if (depth == 0 && random.nextBoolean()) {
      block(builder, depth + 1);
    }
  }

  private String name() {
    return "layer " + names++;
  }
}
