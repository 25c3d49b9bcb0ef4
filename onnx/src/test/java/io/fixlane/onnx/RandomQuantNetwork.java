package io.fixlane.onnx;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.OutputStage;
import io.fixlane.kernels.Signs;
import io.fixlane.network.Network;
import io.fixlane.network.NetworkBuilder;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.layer.Weights;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.Random;

/** A random network of all that QONNX has names for, written as models of it are read. */
final class RandomQuantNetwork {
  private static final QuantizationMode[] PLAIN = {QuantizationMode.AP_RND_CONV,
    QuantizationMode.AP_TRN, QuantizationMode.AP_TRN_ZERO, QuantizationMode.AP_RND_INF,
    QuantizationMode.AP_RND_ZERO};

  private final Random random;
  private int names;

  private RandomQuantNetwork(long seed) {
    this.random = new Random(seed);
  }

  static Network of(long seed) {
    return new RandomQuantNetwork(seed).network();
  }

  private Network network() {
    FixedFormat input = random.nextInt(5) == 0
        ? FixedFormat.signed(1, 1, QuantizationMode.AP_TRN, OverflowMode.AP_SAT)
        : format(QuantizationMode.values());
    NetworkBuilder builder = Network.builder(input, random.nextInt(3) == 0
        ? new int[] {between(1, 12)}
        : new int[] {between(2, 7), between(2, 7), between(1, 5)});
    int count = between(1, 5);
    for (int i = 0; i < count; i++) {
      layer(builder, 0);
    }
    return builder.build();
  }

  private int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  private FixedFormat format(QuantizationMode... modes) {
    int width = between(2, 9);
    boolean signed = random.nextInt(3) > 0;
    return new FixedFormat(signed, width, between(-2, width + 2),
        modes[random.nextInt(modes.length)], signed && random.nextInt(3) == 0
            ? OverflowMode.AP_SAT_SYM
            : OverflowMode.AP_SAT,
        0);
  }

  private FixedFormat format() {
    return format(QuantizationMode.values());
  }

  private FixedTensor constant(int... shape) {
    FixedFormat format = format(PLAIN);
    FixedTensor words = FixedTensor.allocate(format, shape);
    for (long i = 0; i < words.size(); i++) {
      words.setRaw(i, random.nextLong(format.minKeptRaw().longValueExact(),
          format.maxKeptRaw().longValueExact() + 1));
    }
    return words;
  }

  private FixedTensor signs(int... shape) {
    FixedTensor signs = FixedTensor.allocate(Signs.WORD, shape);
    for (long i = 0; i < signs.size(); i++) {
      signs.setRaw(i, -random.nextInt(2));
    }
    return signs;
  }

  private void layer(NetworkBuilder builder, int depth) {
    boolean image = builder.resultShape().length == 3;
    boolean sign = builder.resultFormat().width() == 1;
    int kind = random.nextInt(sign ? 2 : 12);
    if (kind == 0 && image) {
      binaryConv(builder);
    } else if (kind == 0) {
      int k = builder.resultShape()[0];
      int n = between(1, 9);
      builder.binaryDense(name(), signs(k, n), result(n, k));
    } else if (kind == 1 && image) {
      builder.maxPool(name(), window(image(builder), true));
    } else if (sign) {
      builder.binaryDense(
          name(), signs(builder.resultShape()[0], 3), BinaryResult.sums(format()));
    } else {
      words(builder, kind, depth);
    }
  }

  private void words(NetworkBuilder builder, int kind, int depth) {
    boolean image = builder.resultShape().length == 3;
    int channels = builder.resultShape()[builder.resultShape().length - 1];
    switch (kind) {
      case 2 -> builder.scaleAndShift(
          name(), Weights.of(constant(channels)), constant(channels), format());
      case 3 -> {
        if (depth < 2) {
          block(builder, depth);
        }
        unary(builder);
      }
      case 4 -> {
        if (!image) {
          unary(builder);
        } else if (random.nextBoolean()) {
          builder.flatten(name());
        } else {
          builder.globalAveragePool(name(), format());
        }
      }
      case 5 -> {
        if (!image) {
          unary(builder);
        } else if (random.nextBoolean()) {
          builder.averagePool(name(), window(image(builder), true), format());
        } else {
          builder.averagePoolOfPadded(name(), window(image(builder), true), format());
        }
      }
      case 6 -> threshold(builder);
      case 7 -> {
        if (depth < 2 && channels < 20) {
          concat(builder, depth);
        } else {
          unary(builder);
        }
      }
      case 8 -> {
        int[] shape = builder.resultShape();
        if (image && shape[0] < 9 && shape[1] < 9) {
          builder.upsample(name(), between(1, 3), between(2, 3));
        } else {
          unary(builder);
        }
      }
      default -> {
        if (image) {
          conv(builder);
        } else {
          int n = between(1, 9);
          builder.dense(name(), Weights.of(constant(channels, n)), stage(n));
        }
      }
    }
  }

  private void unary(NetworkBuilder builder) {
    switch (random.nextInt(3)) {
      case 0 -> builder.cast(name(), format());
      case 1 -> builder.relu(name(), format());
      default -> builder.leakyRelu(name(), slope(), format());
    }
  }

  /** Returns a slope in the narrowest format that it has. */
  private Fixed slope() {
    int odd = 2 * between(0, 60) + 1;
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(odd);
    int shift = between(0, 8);
    return Fixed.ofRaw(FixedFormat.unsigned(bits, bits - shift), odd);
  }

  private OutputStage stage(int channels) {
    OutputStage stage = OutputStage.to(format());
    stage = random.nextBoolean() ? stage.withBias(constant(channels)) : stage;
    return random.nextBoolean() ? stage.withRelu() : stage;
  }

  private BinaryResult result(int outputs, int k) {
    return random.nextBoolean()
        ? BinaryResult.sums(format())
        : BinaryResult.signs(random.ints(outputs, -k / 2 - 1, k / 2 + 2).toArray());
  }

  private static ImageShape image(NetworkBuilder builder) {
    int[] shape = builder.resultShape();
    return ImageShape.of(shape[0], shape[1], shape[2]);
  }

  private Window window(ImageShape image, boolean pools) {
    while (true) {
      int y = between(1, 3);
      int x = between(1, 3);
      Window window = Window.of(y, x).withStride(between(1, 2), between(1, 3));
      window = random.nextBoolean()
          ? window
          : window.withPadding(
              random.nextInt(y), random.nextInt(y), random.nextInt(x), random.nextInt(x));
      window = pools && random.nextInt(3) == 0 ? window.ceil() : window;
      if (y <= image.height() + window.paddingTop() + window.paddingBottom()
          && x <= image.width() + window.paddingLeft() + window.paddingRight()) {
        return window;
      }
    }
  }

  private void conv(NetworkBuilder builder) {
    ImageShape image = image(builder);
    int groups = random.nextBoolean() ? image.channels() : 1;
    int outputs = groups * between(1, groups == 1 ? 5 : 2);
    Window window = window(image, false);
    if (random.nextInt(3) == 0) {
      window = window.withDilation(between(1, 2), between(1, 2)).samePadding(image);
    }
    builder.conv2d(name(), Weights.of(constant(outputs, image.channels() / groups,
        window.kernelHeight(), window.kernelWidth())), window, stage(outputs));
  }

  private void binaryConv(NetworkBuilder builder) {
    ImageShape image = image(builder);
    Window window = window(image, false);
    int outputs = between(1, 5);
    builder.binaryConv2d(name(), signs(outputs, image.channels(), window.kernelHeight(),
        window.kernelWidth()), window, result(outputs, image.channels() * window.taps()));
  }

  /** A staircase as one is read: in steps of a word, and of words that reach a threshold first. */
  private void threshold(NetworkBuilder builder) {
    FixedFormat x = builder.resultFormat();
    int channels = builder.resultShape()[builder.resultShape().length - 1];
    int lists = random.nextBoolean() ? channels : 1;
    int count = between(2, 12);
    int width = x.width() + (x.signed() ? 1 : 2);
    FixedTensor thresholds =
        FixedTensor.allocate(FixedFormat.signed(width, width - x.fractionBits()), lists, count);
    for (int list = 0; list < lists; list++) {
      long[] sorted = random.longs(count, x.minRaw().longValueExact(),
          x.maxRaw().longValueExact() + 2).sorted().toArray();
      // Lists that are all alike would be one.
      sorted[0] = x.minRaw().longValueExact() + Math.min(list, 1);
      for (int t = 0; t < count; t++) {
        thresholds.setRaw((long) list * count + t, Math.max(sorted[t], sorted[0]));
      }
    }
    long start = between(-8, 8);
    long end = start + count;
    int bits = Math.max(Long.SIZE - Long.numberOfLeadingZeros(start < 0 ? ~start : start),
        Long.SIZE - Long.numberOfLeadingZeros(end < 0 ? ~end : end));
    int fractionBits = between(-2, 4);
    FixedFormat result = start < 0
        ? FixedFormat.signed(bits + 1, bits + 1 - fractionBits)
        : FixedFormat.unsigned(bits, bits - fractionBits);
    builder.threshold(name(), thresholds, Fixed.ofRaw(result, start), 1);
  }

  private void concat(NetworkBuilder builder, int depth) {
    int[] shape = builder.resultShape();
    boolean even = shape.length == 3 && shape[0] % 2 == 0 && shape[1] % 2 == 0;
    boolean given = random.nextBoolean();
    FixedFormat x = builder.resultFormat();
    boolean same = given && !x.overflow().wraps() && random.nextBoolean();
    FixedFormat result = same ? x : format();
    builder.concat(name(), inner -> branch(inner, !given, depth), inner -> {
      if (even) {
        inner.maxPool(name(), Window.of(2, 2).withStride(2, 2));
        if (depth == 0) {
          concat(inner, 1);
        }
        inner.upsample(name(), 2, 2);
      } else {
        branch(inner, depth);
      }
    }, result);
  }

  private void block(NetworkBuilder builder, int depth) {
    boolean both = random.nextBoolean();
    if (random.nextBoolean()) {
      builder.residualAdd(
          name(), inner -> branch(inner, depth), inner -> branch(inner, both, depth), format());
    } else {
      builder.add(
          name(), inner -> branch(inner, depth), inner -> branch(inner, both, depth), format());
    }
  }

  private void branch(NetworkBuilder builder, boolean isThere, int depth) {
    if (isThere) {
      branch(builder, depth);
    }
  }

  private void branch(NetworkBuilder builder, int depth) {
    unary(builder);
    if (depth == 0 && random.nextBoolean()) {
      block(builder, depth + 1);
    }
  }

  private String name() {
    return "layer " + names++;
  }
}
