package io.fixlane.onnx.write;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.fixlane.format.FixedFormat;
import io.fixlane.network.layer.PoolLayer;
import io.fixlane.onnx.OnnxException;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** Poolings: the largest word under a window, or an exact quotient that is cast once. */
final class Poolings {
  private static final int TAPS = 2;

  private final Arithmetic math;
  private final Casts casts;
  private final Images images;

  Poolings(Arithmetic math, Casts casts) {
    this.math = math;
    this.casts = casts;
    this.images = new Images(math);
  }

  Words pool(Words x, ImageShape image, PoolLayer layer) throws OnnxException {
    Window window = layer.window();
    ImageShape output = window.output(image);
    return switch (layer.function()) {
      // The smallest word there is wins nowhere, as each place has a pixel.
      case PoolLayer.Max _ -> x.renamed(images.image(
          math.graph().node("ReduceMax", List.of(images.taps(x, image, window, x.low())),
              GraphText.attribute("axes", new long[] {TAPS}), GraphText.attribute("keepdims", 0)),
          output));
      case PoolLayer.Average average -> {
        long[] counts = counts(image, window, average.paddingCounts());
        Words sums = sums(images.taps(x, image, window, BigInteger.ZERO), x,
            Arrays.stream(counts).max().orElseThrow(), TAPS);
        Words mean = quotient(sums, counts, average.result());
        yield mean.renamed(images.image(mean.tensor(), output));
      }
    };
  }

  /** Returns the average over the whole image, as features. */
  Words global(Words x, ImageShape image, FixedFormat result) throws OnnxException {
    long count = (long) image.height() * image.width();
    return quotient(sums(x.tensor(), x, count, 1, 2), new long[] {count}, result);
  }

  private Words sums(String taps, Words x, long most, long... axes) throws OnnxException {
    GraphText graph = math.graph();
    BigInteger count = BigInteger.valueOf(most);
    return math.words(
        graph.node("ReduceSum", List.of(taps, graph.list(axes)),
            GraphText.attribute("keepdims", 0)),
        x.fractionBits(), x.low().min(BigInteger.ZERO).multiply(count),
        x.high().max(BigInteger.ZERO).multiply(count));
  }

  /** Returns by what the sum at each place is divided. */
  private static long[] counts(ImageShape image, Window window, boolean paddingCounts) {
    ImageShape output = window.output(image);
    long[] counts = new long[output.height() * output.width()];
    for (int i = 0; i < counts.length; i++) {
      int top = window.row(i / output.width(), 0);
      int left = window.column(i % output.width(), 0);
      int above = paddingCounts ? 0 : Math.max(0, -top);
      int before = paddingCounts ? 0 : Math.max(0, -left);
      int height = image.height() + (paddingCounts ? window.paddingBottom() : 0);
      int width = image.width() + (paddingCounts ? window.paddingRight() : 0);
      long rows = Math.min(height - top, window.kernelHeight()) - above;
      long columns = Math.min(width - left, window.kernelWidth()) - before;
      counts[i] = rows * columns;
    }
    return counts;
  }

  /** Returns sums divided by a count of each place, or by one count, cast once. */
  private Words quotient(Words sums, long[] counts, FixedFormat result) throws OnnxException {
    int more = Math.subtractExact(result.fractionBits(), sums.fractionBits());
    Words twice = math.aligned(sums, sums.fractionBits() + 1 + Math.max(more, 0));
    BigInteger scale = Arithmetic.power(Math.max(-more, 0));
    BigInteger[] halves = Arrays.stream(counts).mapToObj(BigInteger::valueOf)
        .map(scale::multiply).toArray(BigInteger[]::new);
    List<BigInteger> all = List.of(halves);
    BigInteger least = all.stream().reduce(BigInteger::min).orElseThrow();
    BigInteger most = all.stream().reduce(BigInteger::max).orElseThrow();
    Divisor divisor = new Divisor(perPlace(all.stream().map(h -> h.shiftLeft(1)).toList()),
        perPlace(all), perPlace(all.stream().map(h -> h.subtract(BigInteger.ONE)).toList()),
        least.shiftLeft(1), most.shiftLeft(1));
    return casts.castQuotient(twice, divisor, result);
  }

  private String perPlace(List<BigInteger> numbers) throws OnnxException {
    long[] longs = new long[numbers.size()];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = Arithmetic.exact(numbers.get(i));
    }
    return math.graph().constant(TensorProto.DataType.INT64, longs, longs.length, 1);
  }
}
