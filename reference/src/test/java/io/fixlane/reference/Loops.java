package io.fixlane.reference;

import io.fixlane.format.FixedFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Operands for the tests of the loops. */
final class Loops {
  private Loops() {}

  /** Returns values of these raw words. */
  static List<Fixed> words(String format, long... raws) {
    FixedFormat parsed = FixedFormat.parse(format);
    return LongStream.of(raws).mapToObj(raw -> Fixed.ofRaw(parsed, raw)).toList();
  }

  /** Returns random words of a format of at most 31 bits. */
  static List<Fixed> random(Random random, FixedFormat format, int size) {
    List<Fixed> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      long raw =
          random.nextLong(format.minRaw().longValueExact(), format.maxRaw().longValueExact() + 1);
      values.add(Fixed.ofRaw(format, raw));
    }
    return values;
  }
}
