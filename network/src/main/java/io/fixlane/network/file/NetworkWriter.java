package io.fixlane.network.file;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.KHot;
import io.fixlane.kernels.OutputStage;
import io.fixlane.kernels.OutputStage.ScaleAndShift;
import io.fixlane.kernels.OutputStage.Step;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.layer.ConcatLayer;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.FlattenLayer;
import io.fixlane.network.layer.GlobalAverageLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.PoolLayer;
import io.fixlane.network.layer.PoolLayer.Average;
import io.fixlane.network.layer.PoolLayer.Max;
import io.fixlane.network.layer.ResidualLayer;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.network.layer.UnaryLayer.Identity;
import io.fixlane.network.layer.UnaryLayer.LeakyRelu;
import io.fixlane.network.layer.UnaryLayer.LookUp;
import io.fixlane.network.layer.UnaryLayer.Relu;
import io.fixlane.network.layer.UpsampleLayer;
import io.fixlane.network.layer.Weights;
import io.fixlane.network.plan.Chain;
import io.fixlane.network.words.WordPacking;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a network as bytes; {@code docs/network-file.md} has the table. */
public final class NetworkWriter {
  private static final int MAX_BYTES = Integer.MAX_VALUE - 64;

  private ByteBuffer out = ByteBuffer.allocate(1 << 12).order(ByteOrder.LITTLE_ENDIAN);

  /**
   * Returns the bytes of a network.
   *
   * @throws IllegalArgumentException if an array cannot hold them
   */
  public byte[] write(Chain chain) {
    TensorType input = chain.input();
    format(input.format());
    shape(input.dimensions());
    layers(chain.descriptions());
    return Arrays.copyOf(out.array(), out.position());
  }

  private void layers(List<Layer> layers) {
    room(Integer.BYTES).putInt(layers.size());
    layers.forEach(this::layer);
  }

  private void layer(Layer layer) {
    switch (layer) {
      case DenseLayer dense -> {
        begin(LayerKind.DENSE, layer);
        weights(dense.weights());
        stage(dense.stage());
      }
      case ConvLayer conv -> {
        begin(LayerKind.CONV2D, layer);
        weights(conv.weights());
        window(conv.window());
        stage(conv.stage());
      }
      case BinaryDenseLayer dense -> {
        begin(LayerKind.BINARY_DENSE, layer);
        words(dense.weights());
        result(dense.result());
      }
      case BinaryConvLayer conv -> {
        begin(LayerKind.BINARY_CONV2D, layer);
        words(conv.weights());
        window(conv.window());
        result(conv.result());
      }
      case ScaleAndShiftLayer norm -> {
        begin(LayerKind.SCALE_AND_SHIFT, layer);
        weights(norm.scale());
        tensor(norm.shift());
        format(norm.result());
      }
      case UnaryLayer unary -> unary(unary);
      case ThresholdLayer stairs -> {
        begin(LayerKind.THRESHOLD, layer);
        tensor(stairs.thresholds());
        word(stairs.start());
        room(Long.BYTES).putLong(stairs.step());
      }
      case PoolLayer pool -> pool(pool);
      case GlobalAverageLayer global -> {
        begin(LayerKind.GLOBAL_AVERAGE_POOL, layer);
        format(global.result());
      }
      case FlattenLayer _ -> begin(LayerKind.FLATTEN, layer);
      case UpsampleLayer larger -> {
        begin(LayerKind.UPSAMPLE, layer);
        room(Integer.BYTES).putInt(larger.factorY());
        room(Integer.BYTES).putInt(larger.factorX());
      }
      case ResidualLayer block -> {
        begin(block.relu() ? LayerKind.RESIDUAL_ADD : LayerKind.ADD, layer);
        format(block.result());
        layers(block.body());
        layers(block.shortcut());
      }
      case ConcatLayer block -> {
        begin(LayerKind.CONCAT, layer);
        format(block.result());
        layers(block.first());
        layers(block.second());
      }
    }
  }

  private void unary(UnaryLayer layer) {
    switch (layer.function()) {
      case Identity _ -> begin(LayerKind.CAST, layer);
      case Relu _ -> begin(LayerKind.RELU, layer);
      case LeakyRelu leaky -> {
        begin(LayerKind.LEAKY_RELU, layer);
        word(leaky.slope());
      }
      case LookUp look -> {
        begin(LayerKind.LOOK_UP, layer);
        tensor(look.table());
        return;
      }
    }
    format(layer.result());
  }

  private void pool(PoolLayer layer) {
    switch (layer.function()) {
      case Max _ -> {
        begin(LayerKind.MAX_POOL, layer);
        window(layer.window());
      }
      case Average average -> {
        begin(LayerKind.AVERAGE_POOL, layer);
        window(layer.window());
        flag(average.paddingCounts());
        format(average.result());
      }
    }
  }

  private void begin(LayerKind kind, Layer layer) {
    octet(kind.code());
    text(layer.name());
  }

  private void weights(Weights weights) {
    KHot kHot = weights.kHot();
    flag(kHot != null);
    if (kHot != null) {
      room(Integer.BYTES).putInt(kHot.k());
      text(kHot.rule().name());
    }
    tensor(weights.words());
  }

  private void window(Window w) {
    for (int size : new int[] {w.kernelHeight(), w.kernelWidth(), w.strideY(), w.strideX(),
      w.paddingTop(), w.paddingBottom(), w.paddingLeft(), w.paddingRight(), w.dilationY(),
      w.dilationX()}) {
      room(Integer.BYTES).putInt(size);
    }
    flag(w.ceilMode());
  }

  private void stage(OutputStage stage) {
    format(stage.outputs().getFirst());
    optional(stage.bias());
    FixedFormat accumulator = stage.accumulator();
    flag(accumulator != null);
    if (accumulator != null) {
      format(accumulator);
    }
    flag(stage.relu());
    List<ScaleAndShift> steps = stage.steps().stream().map(NetworkWriter::scaleAndShift).toList();
    room(Integer.BYTES).putInt(steps.size());
    for (ScaleAndShift step : steps) {
      tensor(step.scale());
      tensor(step.shift());
      format(step.result());
    }
  }

  /** A layer's stage has no other step. */
  private static ScaleAndShift scaleAndShift(Step step) {
    return (ScaleAndShift) step;
  }

  private void optional(@Nullable FixedTensor words) {
    flag(words != null);
    if (words != null) {
      tensor(words);
    }
  }

  private void result(BinaryResult result) {
    switch (result) {
      case BinaryResult.Sums sums -> {
        flag(false);
        format(sums.format());
      }
      case BinaryResult.Signs signs -> {
        flag(true);
        tensor(signs.thresholds());
      }
    }
  }

  private void word(Fixed value) {
    FixedTensor word = FixedTensor.allocate(value.format());
    word.setRaw(0, value.raw().longValue());
    tensor(word);
  }

  private void tensor(FixedTensor words) {
    format(words.format());
    words(words);
  }

  private void words(FixedTensor words) {
    shape(words.shape());
    WordPacking.pack(words, room(WordPacking.bytes(words.size(), words.format())));
  }

  private void shape(int[] shape) {
    octet(shape.length);
    for (int dimension : shape) {
      room(Integer.BYTES).putInt(dimension);
    }
  }

  private void format(FixedFormat format) {
    text(format.toString());
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    octet(bytes.length);
    room(bytes.length).put(bytes);
  }

  private void flag(boolean flag) {
    octet(flag ? 1 : 0);
  }

  private void octet(int number) {
    room(Byte.BYTES).put((byte) number);
  }

  /** Returns the buffer with room for so many more bytes. */
  private ByteBuffer room(long bytes) {
    long needed = out.position() + bytes;
    if (needed > MAX_BYTES) {
      throw new IllegalArgumentException(
          "the network takes more than " + MAX_BYTES + " bytes: a file holds no more");
    }
    if (needed > out.capacity()) {
      int capacity = (int) Math.clamp(2L * out.capacity(), needed, MAX_BYTES);
      out = ByteBuffer.wrap(Arrays.copyOf(out.array(), capacity))
          .order(ByteOrder.LITTLE_ENDIAN).position(out.position());
    }
    return out;
  }
}
