package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every word of every narrow format becomes what a search among all candidates finds. */
class KHotSearchTest {
  private static final int WIDEST = 8;

  /** Signed digits of every integer that has so many, the most significant last, by search. */
  private static final Map<Long, List<Long>> CANONICAL = canonical();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void truncationGivesTheLargestMagnitudeNotAbove(boolean signed) {
    check(signed, KHotRule.TRUNCATE, (format, k) -> word -> khot(format, k)
        .filter(c -> Long.signum(c) == Long.signum(word) && Math.abs(c) <= Math.abs(word))
        .boxed().max(Comparator.comparing(Math::abs)).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nearestGivesTheSmallestOfTheNearest(boolean signed) {
    check(signed, KHotRule.NEAREST, (format, k) -> word -> khot(format, k).boxed()
        .min(Comparator.<Long>comparingLong(c -> Math.abs(c - word)).thenComparing(Math::abs))
        .orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void signedDigitsGiveTheSumOfTheFirstOrTheLargestPower(boolean signed) {
    check(signed, KHotRule.SIGNED_DIGITS, (format, k) -> word -> {
      List<Long> digits = CANONICAL.get(word);
      long sum = digits.reversed().stream().limit(k).mapToLong(Long::longValue).sum();
      return sum <= format.maxRaw().longValue()
          ? sum
          : khot(format, k).filter(c -> Long.bitCount(c) == 1).max().orElseThrow();
    });
  }

  private interface Search {
    LongFunction<Long> of(FixedFormat format, int k);
  }

  private static void check(boolean signed, KHotRule rule, Search search) {
    for (int width = 1; width <= WIDEST; width++) {
      FixedFormat format =
          signed ? FixedFormat.signed(width, width) : FixedFormat.unsigned(width, width);
      for (int k = 1; k <= width; k++) {
        ReferenceKHot khot = new ReferenceKHot(k, rule);
        for (long word : range(format).toArray()) {
          assertThat(khot.encode(Fixed.ofRaw(format, word)).raw().longValueExact())
              .as("%s of %d in %s", khot, word, format)
              .isEqualTo(search.of(format, k).apply(word));
        }
      }
    }
  }

  private static LongStream range(FixedFormat format) {
    return LongStream.rangeClosed(format.minRaw().longValue(), format.maxRaw().longValue());
  }

  /** Returns the words with at most k ones in their magnitude. */
  private static LongStream khot(FixedFormat format, int k) {
    return range(format).filter(word -> Long.bitCount(Math.abs(word)) <= k);
  }

  private static Map<Long, List<Long>> canonical() {
    Map<Long, List<Long>> found = new HashMap<>();
    extend(found, List.of(), 0, 0);
    return found;
  }

  /** Tries every digit at a place that may have one: not beside one that is not 0. */
  private static void extend(Map<Long, List<Long>> found, List<Long> digits, long sum, int place) {
    if (place > WIDEST) {
      assertThat(found.put(sum, digits)).as("a second form of %d", sum).isNull();
      return;
    }
    extend(found, digits, sum, place + 1);
    boolean beside = !digits.isEmpty() && Math.abs(digits.getLast()) == 1L << place - 1;
    for (long digit : beside ? new long[0] : new long[] {1L << place, -1L << place}) {
      List<Long> longer = new ArrayList<>(digits);
      longer.add(digit);
      extend(found, longer, sum + digit, place + 1);
    }
  }
}
