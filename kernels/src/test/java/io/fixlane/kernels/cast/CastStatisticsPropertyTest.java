package io.fixlane.kernels.cast;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Cast;
import io.fixlane.kernels.CastStatistics;
import io.fixlane.kernels.fixture.Counts;
import io.fixlane.kernels.fixture.Differential;
import io.fixlane.kernels.fixture.Formats;
import io.fixlane.kernels.fixture.Numbers;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** A cast that counts gives the same words as the reference, and counts what the reference sees. */
@Domain(Formats.class)
@Domain(DomainContext.Global.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Differential
class CastStatisticsPropertyTest {

  @Property(tries = 500)
  void ofWords(
      @ForAll FixedFormat source, @ForAll FixedFormat target,
      @ForAll @IntRange(max = 200) int count,
      @ForAll long seed) {
    FixedTensor words = Words.tensor(source, new Random(seed), count);
    assertCounts(
        Cast.of(source, target), words.segment(), target, count,
        (i, counts) -> counts.cast(words.value(i), target));
  }

  @Property(tries = 500)
  void ofFiniteNumbers(
      @ForAll FixedFormat target, @ForAll boolean isFloat, @ForAll @IntRange(max = 200) int count,
      @ForAll long seed) {
    Random random = new Random(seed);
    MemorySegment numbers = MemorySegment.ofArray(new long[count]);
    for (int i = 0; i < count; i++) {
      double number = Numbers.random(target, isFloat, random);
      Numbers.set(numbers, isFloat, i, Double.isInfinite(number) ? 0 : number);
    }
    assertCounts(
        Numbers.cast(isFloat, target), numbers, target, count,
        (i, counts) -> counts.cast(Fixed.of(Numbers.get(numbers, isFloat, i)), target));
  }

  /** The reference's cast of one word, counted. */
  interface Counting {
    BigInteger cast(int index, Counts counts);
  }

  /** Counts over two runs, of any two parts. */
  private static void assertCounts(
      Cast cast, MemorySegment source, FixedFormat target, int count, Counting reference) {
    Counts counts = new Counts();
    BigInteger[] expected = new BigInteger[count];
    for (int i = 0; i < count; i++) {
      expected[i] = reference.cast(i, counts);
    }
    FixedTensor words = FixedTensor.allocate(target, count);
    CastStatistics statistics = cast.newStatistics();
    int first = count / 3;
    cast.run(source, 0, words.segment(), 0, first, statistics);
    cast.run(source, first, words.segment(), first, count - first, statistics);
    Words.assertWords(cast, words, i -> expected[i]);
    counts.assertCounted(cast, statistics);
  }
}
