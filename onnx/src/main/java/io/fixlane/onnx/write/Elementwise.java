package io.fixlane.onnx.write;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.fixlane.format.FixedFormat;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.onnx.OnnxException;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** What goes word by word, or channel by channel. */
final class Elementwise {
  private final Arithmetic math;
  private final Casts casts;

  Elementwise(Arithmetic math, Casts casts) {
    this.math = math;
    this.casts = casts;
  }

  Words unary(Words x, TensorType type, UnaryLayer layer) throws OnnxException {
    FixedFormat result = layer.result();
    return switch (layer.function()) {
      case UnaryLayer.Identity _ -> casts.cast(x, type.format(), result);
      case UnaryLayer.Relu _ -> casts.cast(math.relu(x), type.format(), result);
      case UnaryLayer.LeakyRelu leaky -> casts.cast(leaky(x, leaky.slope()), null, result);
      case UnaryLayer.LookUp look -> lookUp(x, type, look.table());
    };
  }

  private Words leaky(Words x, Fixed slope) throws OnnxException {
    if (x.low().signum() >= 0) {
      return x;
    }
    BigInteger s = slope.raw();
    BigInteger one = x.low().multiply(s);
    BigInteger other = x.high().min(BigInteger.ZERO).multiply(s);
    Words scaled = math.words(math.graph().node("Mul", x.tensor(), math.constant(s)),
        Math.addExact(x.fractionBits(), slope.format().fractionBits()), one.min(other),
        one.max(other).max(BigInteger.ZERO));
    int fractionBits = Math.max(x.fractionBits(), scaled.fractionBits());
    Words a = math.aligned(scaled, fractionBits);
    Words b = math.aligned(x, fractionBits);
    return math.words(math.where(math.negative(x), a.tensor(), b.tensor()), fractionBits,
        a.low().min(BigInteger.ZERO), a.high().max(b.high()));
  }

  private Words lookUp(Words x, TensorType type, FixedTensor table) throws OnnxException {
    String words = math.list(numbers(table));
    String place =
        math.subtract(x.tensor(), math.constant(type.format().minRaw()));
    return Words.of(math.graph().node("Gather", words, place), table.format());
  }

  /** Returns a staircase: how many thresholds a word reaches, times the step, from the start on. */
  Words threshold(Words x, TensorType type, ThresholdLayer layer) throws OnnxException {
    int lists = layer.perChannel() ? type.channels() : 1;
    List<Long> thresholds = new ArrayList<>();
    for (int list = 0; list < lists; list++) {
      for (BigInteger first : layer.firstWords(type.format(), list)) {
        thresholds.add(Arithmetic.exact(first));
      }
    }
    GraphText graph = math.graph();
    String last = graph.list(-1);
    String words = graph.constant(TensorProto.DataType.INT64,
        thresholds.stream().mapToLong(Long::longValue).toArray(), lists, layer.count());
    String reached = graph.node("Cast",
        List.of(graph.node("GreaterOrEqual", graph.node("Unsqueeze", x.tensor(), last), words)),
        GraphText.attribute("to", TensorProto.DataType.INT64.getNumber()));
    String count = graph.node("ReduceSum", List.of(reached, last),
        GraphText.attribute("keepdims", 0));
    BigInteger step = BigInteger.valueOf(layer.step());
    BigInteger first = layer.start().raw();
    BigInteger end = first.add(step.multiply(BigInteger.valueOf(layer.count())));
    return math.words(
        math.add(graph.node("Mul", count, math.constant(step)), math.constant(first)),
        layer.result().fractionBits(), first.min(end), first.max(end));
  }

  Words scaleAndShift(Words x, ScaleAndShiftLayer layer) throws OnnxException {
    return scaleAndShift(x, layer.scale().words(), layer.shift(), layer.result());
  }

  /** Returns (RESULT) (x scale[c] + shift[c]). */
  Words scaleAndShift(Words x, FixedTensor scale, FixedTensor shift, FixedFormat result)
      throws OnnxException {
    BigInteger[] scales = numbers(scale);
    BigInteger low = null;
    BigInteger high = null;
    for (BigInteger s : scales) {
      BigInteger one = x.low().multiply(s);
      BigInteger other = x.high().multiply(s);
      low = low == null ? one.min(other) : low.min(one.min(other));
      high = high == null ? one.max(other) : high.max(one.max(other));
    }
    if (low == null || high == null) {
      throw new OnnxException("it has no channels: it must have one");
    }
    Words product = math.words(math.graph().node("Mul", x.tensor(), math.list(scales)),
        Math.addExact(x.fractionBits(), scale.format().fractionBits()), low, high);
    return casts.cast(math.sum(product, constant(shift)), null, result);
  }

  /** Returns words that are constant, one for each of the last dimension. */
  Words constant(FixedTensor words) throws OnnxException {
    BigInteger[] numbers = numbers(words);
    List<BigInteger> all = List.of(numbers);
    return math.words(math.list(numbers), words.format().fractionBits(),
        all.stream().reduce(BigInteger::min).orElse(BigInteger.ZERO),
        all.stream().reduce(BigInteger::max).orElse(BigInteger.ZERO));
  }

  /** Returns the integers of words. */
  static BigInteger[] numbers(FixedTensor words) {
    BigInteger[] numbers = new BigInteger[Math.toIntExact(words.size())];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = words.value(i).raw();
    }
    return numbers;
  }
}
