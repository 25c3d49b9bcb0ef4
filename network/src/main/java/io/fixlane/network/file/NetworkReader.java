package io.fixlane.network.file;

import io.fixlane.files.Memory;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.OutputStage;
import io.fixlane.kernels.Signs;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.FlattenLayer;
import io.fixlane.network.layer.GlobalAverageLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.PoolLayer;
import io.fixlane.network.layer.PoolLayer.Average;
import io.fixlane.network.layer.PoolLayer.Max;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.network.layer.UnaryLayer.Identity;
import io.fixlane.network.layer.UnaryLayer.LeakyRelu;
import io.fixlane.network.layer.UnaryLayer.LookUp;
import io.fixlane.network.layer.UnaryLayer.Relu;
import io.fixlane.network.layer.UpsampleLayer;
import io.fixlane.network.layer.Weights;
import io.fixlane.network.plan.Chain;
import io.fixlane.network.plan.ChainBuilder;
import io.fixlane.network.plan.Types;
import io.fixlane.network.words.Formats;
import io.fixlane.network.words.WordPacking;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Reads what {@link NetworkWriter} writes, and what it wrote in older versions. Every size is held
 * against the bytes that are left before there is memory for it, and what is read goes through
 * {@link ChainBuilder}, as any other network does. In a version there is one text for each
 * network: what could be written otherwise is refused.
 */
public final class NetworkReader {
  private final ByteBuffer in;
  private final int version;

  private NetworkReader(ByteBuffer in, int version) {
    this.in = in;
    this.version = version;
  }

  /**
   * Returns the network of all bytes of a little-endian buffer.
   *
   * @param version the version of the file
   * @throws IllegalArgumentException if they are none
   */
  public static Chain read(ByteBuffer in, int version) {
    NetworkReader reader = new NetworkReader(in, version);
    ChainBuilder network = new ChainBuilder(Types.of(reader.format(), reader.shape()));
    reader.layers(network);
    if (in.hasRemaining()) {
      throw new IllegalArgumentException(in.remaining() + " bytes are left after the last layer");
    }
    return network.network();
  }

  private void layers(ChainBuilder builder) {
    int count = number("layers");
    for (int i = 0; i < count; i++) {
      layer(builder);
    }
  }

  private void layer(ChainBuilder builder) {
    LayerKind kind = LayerKind.of(octet(), version);
    String name = text();
    switch (kind) {
      case ADD, RESIDUAL_ADD -> {
        FixedFormat result = format();
        builder.addBlock(
            name, this::layers, this::layers, kind == LayerKind.RESIDUAL_ADD, result);
      }
      case CONCAT -> {
        FixedFormat result = format();
        builder.addConcat(name, this::layers, this::layers, result);
      }
      default -> builder.add(name, layer(kind, name));
    }
  }

  /** Reads what a layer is; what makes it names it where that cannot be. */
  private Supplier<Layer> layer(LayerKind kind, String name) {
    return switch (kind) {
      case DENSE -> {
        Weights weights = weights();
        OutputStage stage = stage();
        yield () -> new DenseLayer(name, weights, stage);
      }
      case CONV2D -> {
        Weights weights = weights();
        Window window = window();
        OutputStage stage = stage();
        yield () -> new ConvLayer(name, weights, window, stage);
      }
      case BINARY_DENSE -> {
        FixedTensor weights = words(Signs.WORD);
        BinaryResult result = binaryResult();
        yield () -> new BinaryDenseLayer(name, weights, result);
      }
      case BINARY_CONV2D -> {
        FixedTensor weights = words(Signs.WORD);
        Window window = window();
        BinaryResult result = binaryResult();
        yield () -> new BinaryConvLayer(name, weights, window, result);
      }
      case SCALE_AND_SHIFT -> {
        Weights scale = weights();
        FixedTensor shift = tensor();
        FixedFormat result = format();
        yield () -> new ScaleAndShiftLayer(name, scale, shift, result);
      }
      case RELU -> unary(name, new Relu());
      case LEAKY_RELU -> unary(name, leakyRelu());
      case CAST -> unary(name, new Identity());
      case LOOK_UP -> {
        FixedTensor table = flat("a table");
        yield () -> new UnaryLayer(name, new LookUp(table), table.format());
      }
      case THRESHOLD -> {
        FixedTensor thresholds = tensor();
        Fixed start = word("the start of a staircase");
        require(Long.BYTES);
        long step = in.getLong();
        yield () -> threshold(name, thresholds, start, step);
      }
      case FLATTEN -> () -> new FlattenLayer(name);
      case UPSAMPLE -> {
        int factorY = number("factorY");
        int factorX = number("factorX");
        yield () -> new UpsampleLayer(name, factorY, factorX);
      }
      case MAX_POOL -> {
        Window window = window();
        yield () -> new PoolLayer(name, window, new Max());
      }
      case AVERAGE_POOL -> {
        Window window = window();
        Average average = new Average(flag(), format());
        yield () -> new PoolLayer(name, window, average);
      }
      case GLOBAL_AVERAGE_POOL -> {
        FixedFormat result = format();
        yield () -> new GlobalAverageLayer(name, result);
      }
      case ADD, RESIDUAL_ADD, CONCAT -> throw new AssertionError(kind);
    };
  }

  private Supplier<Layer> unary(String name, UnaryLayer.Function function) {
    FixedFormat result = format();
    return () -> new UnaryLayer(name, function, result);
  }

  private LeakyRelu leakyRelu() {
    if (version == 1) {
      return new LeakyRelu(Formats.slope(number("slopeShift")));
    }
    return new LeakyRelu(word("a slope"));
  }

  /** Makes the layer, whose one list for all words has one dimension. */
  private static Layer threshold(String name, FixedTensor thresholds, Fixed start, long step) {
    ThresholdLayer layer = new ThresholdLayer(name, thresholds, start, step);
    if (layer.thresholds().rank() != thresholds.rank()) {
      throw new IllegalArgumentException("thresholds has the shape "
          + Arrays.toString(thresholds.shape()) + ": one list must have one dimension");
    }
    return layer;
  }

  private Fixed word(String name) {
    FixedTensor word = tensor();
    if (word.rank() != 0) {
      throw new IllegalArgumentException(name + " has the shape " + Arrays.toString(word.shape())
          + ": it must be one word, of no dimensions");
    }
    return word.value(0);
  }

  private FixedTensor flat(String name) {
    FixedTensor words = tensor();
    if (words.rank() != 1) {
      throw new IllegalArgumentException(name + " has the shape "
          + Arrays.toString(words.shape()) + ": it must have one dimension");
    }
    return words;
  }

  private Weights weights() {
    if (!flag()) {
      return Weights.of(tensor());
    }
    int k = number("K");
    String ruleName = text();
    KHotRule rule = Arrays.stream(KHotRule.values()).filter(r -> r.name().equals(ruleName))
        .findFirst().orElseThrow(() -> new IllegalArgumentException("the rule of K-hot weights is "
            + ruleName + ": it must be one of " + Arrays.toString(KHotRule.values())));
    FixedTensor words = tensor();
    Weights weights = Weights.kHot(words, k, rule);
    if (!weights.words().contentEquals(words)) {
      throw new IllegalArgumentException("weights are not " + weights.kHot() + ", as they say");
    }
    return weights;
  }

  private Window window() {
    Window window = Window.of(number("kernelHeight"), number("kernelWidth"))
        .withStride(number("strideY"), number("strideX"));
    window = version == 1
        ? window.withPadding(number("paddingY"), number("paddingX"))
        : window.withPadding(number("paddingTop"), number("paddingBottom"),
            number("paddingLeft"), number("paddingRight"));
    window = window.withDilation(number("dilationY"), number("dilationX"));
    return version > 1 && flag() ? window.ceil() : window;
  }

  private OutputStage stage() {
    OutputStage stage = OutputStage.to(format());
    if (flag()) {
      stage = stage.withBias(tensor());
    }
    if (flag()) {
      stage = stage.withAccumulator(format());
    }
    if (flag()) {
      stage = stage.withRelu();
    }
    int steps = number("steps");
    for (int i = 0; i < steps; i++) {
      stage = stage.withScaleAndShift(tensor(), tensor(), format());
    }
    return stage;
  }

  private BinaryResult binaryResult() {
    return flag() ? new BinaryResult.Signs(tensor()) : BinaryResult.sums(format());
  }

  private FixedTensor tensor() {
    return words(Formats.require(format()));
  }

  private FixedTensor words(FixedFormat format) {
    int[] shape = shape();
    long words = 1;
    for (int dimension : shape) {
      words = dimension == 0 ? 0 : Math.multiplyExact(words, (long) dimension);
    }
    if (words > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a tensor of the shape " + Arrays.toString(shape)
          + " has more words than an array holds");
    }
    require(WordPacking.bytes(words, format));
    requireMemory(words, format);
    FixedTensor tensor = FixedTensor.allocate(format, shape);
    WordPacking.unpack(in, tensor);
    return tensor;
  }

  /** Words of few bits take eight times as much as in the file, and layers have a copy. */
  private static void requireMemory(long words, FixedFormat format) {
    try {
      Memory.require(
          words + " words of " + format, 2 * words * Formats.wordBytes(format));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int[] shape() {
    int[] shape = new int[octet()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = number("a dimension");
    }
    return shape;
  }

  private FixedFormat format() {
    String text = text();
    FixedFormat format = FixedFormat.parse(text);
    if (!format.toString().equals(text)) {
      throw new IllegalArgumentException(
          "a format is written as " + text + ": it must be " + format);
    }
    return format;
  }

  private String text() {
    byte[] bytes = new byte[octet()];
    require(bytes.length);
    in.get(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private boolean flag() {
    int octet = octet();
    if (octet > 1) {
      throw new IllegalArgumentException("a flag is " + octet + ": it must be 0 or 1");
    }
    return octet == 1;
  }

  private int number(String name) {
    require(Integer.BYTES);
    int number = in.getInt();
    if (number < 0) {
      throw new IllegalArgumentException(
          name + " is " + Integer.toUnsignedString(number) + ": it must be below 2^31");
    }
    return number;
  }

  private int octet() {
    require(1);
    return in.get() & 0xff;
  }

  private void require(long bytes) {
    if (bytes > in.remaining()) {
      throw new IllegalArgumentException("byte " + in.position() + " begins what has " + bytes
          + " bytes, and " + in.remaining() + " are left");
    }
  }
}
