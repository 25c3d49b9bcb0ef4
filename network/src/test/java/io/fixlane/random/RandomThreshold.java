package io.fixlane.random;

import io.fixlane.format.FixedFormat;
import io.fixlane.network.NetworkBuilder;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceThreshold;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Random staircases, and the same of the reference. */
final class RandomThreshold {
  private static final int MOST = 20;

  private RandomThreshold() {}

  /** Adds a layer; returns what it makes of a sample. */
  static UnaryOperator<Image> add(
      NetworkBuilder builder, String name, RandomWords draw, Random random) {
    FixedFormat x = builder.resultFormat();
    int channels = builder.resultShape()[builder.resultShape().length - 1];
    int lists = random.nextBoolean() ? channels : 1;
    FixedTensor thresholds = ascending(draw, format(x, draw, random), lists, draw.between(1, MOST));
    int count = thresholds.dimension(1);
    FixedFormat result = draw.format();
    Fixed start = draw.words(result, 1).value(0);
    long up = (result.maxKeptRaw().longValue() - start.raw().longValue()) / count;
    long down = (result.minKeptRaw().longValue() - start.raw().longValue()) / count;
    long step = random.nextLong(Math.min(down, up), up + 1);
    builder.threshold(
        name, lists == 1 && random.nextBoolean() ? thresholds.row(0) : thresholds, start, step);
    List<ReferenceThreshold> references = IntStream.range(0, lists)
        .mapToObj(c -> new ReferenceThreshold(
            LongStream.range(0, count).mapToObj(thresholds.row(c)::value).toList(), start,
            BigInteger.valueOf(step)))
        .toList();
    return image -> new Image(IntStream.range(0, image.words().size())
        .mapToObj(i -> references.get(i % lists).apply(image.words().get(i))).toList(),
        image.shape());
  }

  /** Returns the format of the words, one that goes beyond it, or any. */
  private static FixedFormat format(FixedFormat x, RandomWords draw, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> x;
      case 1, 2 -> FixedFormat.signed(x.width() + 2, x.integerBits() + 1);
      default -> draw.format();
    };
  }

  private static FixedTensor ascending(
      RandomWords draw, FixedFormat format, int lists, int count) {
    FixedTensor words = draw.words(format, lists, count);
    for (int list = 0; list < lists; list++) {
      FixedTensor row = words.row(list);
      long[] sorted = LongStream.range(0, count).map(row::raw).sorted().toArray();
      for (int t = 0; t < count; t++) {
        row.setRaw(t, sorted[t]);
      }
    }
    return words;
  }
}
