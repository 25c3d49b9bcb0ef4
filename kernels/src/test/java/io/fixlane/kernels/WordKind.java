package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;
import java.util.Random;

/** Kinds of words that planners and their bounds tell apart. */
enum WordKind {
  /** Any words. */
  ANY,
  /** -1, 0 and 1, as far as the format has them. */
  TERNARY,
  /** Powers of two. */
  ONE_HOT,
  /** One word in each column. */
  COLUMNS,
  /** Two words in all. */
  TWO,
  /** The smallest word of the format. */
  SMALLEST,
  /** The largest word of the format. */
  LARGEST,
  /** The smallest or the largest word of the format. */
  EXTREMES;

  /** Fills rows of as many words as the last dimension has. */
  void fill(FixedTensor tensor, Random random) {
    FixedFormat format = tensor.format();
    int columns = tensor.dimension(tensor.rank() - 1);
    BigInteger[] words = new BigInteger[columns];
    for (int n = 0; n < columns; n++) {
      words[n] = Words.random(format, random);
    }
    BigInteger[] two = {Words.random(format, random), Words.random(format, random)};
    for (long i = 0; i < tensor.size(); i++) {
      BigInteger word = switch (this) {
        case ANY -> Words.random(format, random);
        case TERNARY -> format.wrap(BigInteger.valueOf(random.nextInt(-1, 2)));
        case ONE_HOT -> format.wrap(BigInteger.ONE.shiftLeft(random.nextInt(format.width())));
        case COLUMNS -> words[(int) (i % columns)];
        case TWO -> two[random.nextInt(2)];
        case SMALLEST -> format.minRaw();
        case LARGEST -> format.maxRaw();
        case EXTREMES -> random.nextBoolean() ? format.minRaw() : format.maxRaw();
      };
      tensor.setRaw(i, word.longValue());
    }
  }
}
