package io.fixlane.hardware;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.Network;
import io.fixlane.network.NetworkBuilder;
import io.fixlane.network.layer.Weights;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** Draws small networks of all kinds of layers. */
public final class RandomNetwork {
  private static final List<OverflowMode> PLAIN_MODES = List.of(
      OverflowMode.AP_SAT, OverflowMode.AP_SAT_SYM, OverflowMode.AP_SAT_ZERO, OverflowMode.AP_WRAP);

  private final Random random;
  private final boolean plain;
  private int names;

  private RandomNetwork(long seed, boolean plain) {
    this.random = new Random(seed);
    this.plain = plain;
  }

  /**
   * Draws a network.
   *
   * @param plain whether its formats are those that every flavour of fixed-point types has: no
   *     AP_WRAP_SM, no N, and no single signed bit that saturates symmetrically
   */
  public static Network of(long seed, boolean plain) {
    return new RandomNetwork(seed, plain).network();
  }

  private Network network() {
    FixedFormat input = format();
    NetworkBuilder builder = random.nextInt(4) == 0
        ? Network.builder(input, between(1, 20))
        : Network.builder(input, between(1, 6), between(1, 6), between(1, 4));
    int count = between(2, 6);
    for (int i = 0; i < count; i++) {
      layer(builder, 0);
    }
    return builder.build();
  }

  private int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  private String name() {
    return "layer " + names++;
  }

  private FixedFormat format() {
    int width = random.nextInt(5) == 0 ? between(1, 20) : between(2, 8);
    OverflowMode overflow = plain
        ? PLAIN_MODES.get(random.nextInt(PLAIN_MODES.size()))
        : OverflowMode.values()[random.nextInt(OverflowMode.values().length)];
    QuantizationMode quantization =
        QuantizationMode.values()[random.nextInt(QuantizationMode.values().length)];
    boolean signed = overflow == OverflowMode.AP_WRAP_SM || random.nextInt(4) > 0;
    width = plain && signed ? Math.max(width, 2) : width;
    return new FixedFormat(signed, width, between(-2, width + 2), quantization, overflow,
        !plain && overflow.wraps() ? random.nextInt(width + 1) : 0);
  }

  private FixedTensor words(FixedFormat format, int... shape) {
    FixedTensor words = FixedTensor.allocate(format, shape);
    long low = format.minKeptRaw().longValueExact();
    long high = format.maxKeptRaw().longValueExact();
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
        if (depth == 0 && image && names > 1) {
          builder.flatten(name());
        } else {
          unary(builder);
        }
      }
      case 3 -> {
        if (depth < 2) {
          block(builder, depth);
        } else {
          unary(builder);
        }
      }
      case 4 -> {
        int[] shape = builder.resultShape();
        if (depth < 2 && shape[shape.length - 1] < 20) {
          concat(builder, depth);
        } else {
          unary(builder);
        }
      }
      case 5, 6, 7, 8 -> product(builder, image);
      case 9 -> pool(builder);
      case 10 -> upsample(builder);
      default -> {
        if (depth == 0 && names > 2) {
          builder.globalAveragePool(name(), format());
        } else {
          pool(builder);
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
    long up = (result.maxKeptRaw().longValue() - start.raw().longValue()) / count;
    long down = (result.minKeptRaw().longValue() - start.raw().longValue()) / count;
    builder.threshold(name(), thresholds, start, random.nextLong(down, up + 1));
  }

  private void unary(NetworkBuilder builder) {
    if (random.nextInt(5) == 0) {
      threshold(builder);
      return;
    }
    FixedFormat x = builder.resultFormat();
    FixedFormat result = format();
    switch (random.nextInt(5)) {
      case 0 -> {
        if (x.width() <= 8) {
          builder.lookUp(name(), words(result, 1 << x.width()));
        } else {
          builder.relu(name(), result);
        }
      }
      case 1 -> builder.leakyRelu(
          name(), Fixed.ofRaw(FixedFormat.signed(8, 2), random.nextInt(-128, 128)), result);
      case 2 -> builder.leakyRelu(name(), random.nextInt(5), result);
      case 3 -> builder.relu(name(), result);
      default -> builder.cast(name(), random.nextInt(4) == 0 ? x : result);
    }
  }

  private void scaleAndShift(NetworkBuilder builder) {
    int channels = builder.resultShape()[builder.resultShape().length - 1];
    builder.scaleAndShift(
        name(), weights(words(format(), channels)), words(format(), channels), format());
  }

  private Weights weights(FixedTensor words) {
    return random.nextInt(3) > 0
        ? Weights.of(words)
        : Weights.kHot(words, between(1, 3),
            KHotRule.values()[random.nextInt(KHotRule.values().length)]);
  }

  private OutputStage stage(int channels) {
    OutputStage stage = OutputStage.to(format());
    if (random.nextBoolean()) {
      stage = stage.withBias(words(format(), channels));
    }
    if (random.nextInt(3) == 0) {
      stage = stage.withAccumulator(format());
    }
    if (random.nextBoolean()) {
      stage = stage.withRelu();
    }
    int steps = random.nextInt(3) == 0 ? between(1, 2) : 0;
    for (int i = 0; i < steps; i++) {
      stage = stage.withScaleAndShift(
          words(format(), channels), words(format(), channels), format());
    }
    return stage;
  }

  private void product(NetworkBuilder builder, boolean image) {
    boolean binary = random.nextInt(3) == 0;
    if (image) {
      conv(builder, binary);
      return;
    }
    int k = builder.resultShape()[0];
    int n = between(1, 12);
    FixedTensor words = words(format(), k, n);
    if (binary) {
      builder.binaryDense(name(), words, signs(n, k));
    } else {
      builder.dense(name(), weights(words), stage(n));
    }
  }

  private void conv(NetworkBuilder builder, boolean binary) {
    int[] shape = builder.resultShape();
    ImageShape image = ImageShape.of(shape[0], shape[1], shape[2]);
    int groups = switch (random.nextInt(3)) {
      case 0 -> shape[2];
      case 1 -> shape[2] % 2 == 0 ? 2 : 1;
      default -> 1;
    };
    int outputs = groups * between(1, Math.max(1, 5 / groups));
    Window window = window(image);
    if (random.nextInt(3) == 0) {
      window = window.withDilation(between(1, 2), between(1, 2)).samePadding(image);
    }
    FixedTensor words = words(format(), outputs, shape[2] / groups, window.kernelHeight(),
        window.kernelWidth());
    if (binary) {
      builder.binaryConv2d(
          name(), words, window, signs(outputs, shape[2] / groups * window.taps()));
    } else {
      builder.conv2d(name(), weights(words), window, stage(outputs));
    }
  }

  private BinaryResult signs(int outputs, int k) {
    return random.nextBoolean()
        ? BinaryResult.sums(format())
        : BinaryResult.signs(random.ints(outputs, -k / 2 - 1, k / 2 + 2).toArray());
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
      if (y <= image.height() + window.paddingTop() + window.paddingBottom()
          && x <= image.width() + window.paddingLeft() + window.paddingRight()) {
        return window;
      }
    }
  }

  private void pool(NetworkBuilder builder) {
    int[] shape = builder.resultShape();
    Window window = window(ImageShape.of(shape[0], shape[1], shape[2]));
    switch (random.nextInt(3)) {
      case 0 -> builder.maxPool(name(), window);
      case 1 -> builder.averagePool(name(), window, format());
      default -> builder.averagePoolOfPadded(name(), window, format());
    }
  }

  private void block(NetworkBuilder builder, int depth) {
    boolean identity = random.nextBoolean();
    Consumer<NetworkBuilder> body = inner -> same(inner, depth);
    Consumer<NetworkBuilder> shortcut = inner -> {
      if (!identity) {
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
        product(inner, false);
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
}
