package io.fixlane.kernels.cast;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Cast;
import io.fixlane.kernels.fixture.Differential;
import io.fixlane.kernels.fixture.Formats;
import io.fixlane.kernels.fixture.Place;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/**
 * Casts between any two formats give the reference's words, wherever the words lie, and write
 * nothing else.
 */
@Domain(Formats.class)
@Domain(Place.Places.class)
@Domain(DomainContext.Global.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Differential
class CastPropertyTest {
  @Property(tries = 1000)
  void everyWordIsTheReferences(
      @ForAll FixedFormat source, @ForAll FixedFormat target, @ForAll Place from, @ForAll Place to,
      @ForAll @IntRange(max = 200) int count, @ForAll long seed) {
    Random random = new Random(seed);
    MemorySegment sourceMemory = from.memory(source, count, random);
    MemorySegment targetMemory = to.memory(target, count, random);
    FixedTensor words = Words.fill(from.range(source, sourceMemory, count), random);
    BigInteger[] expected = expected(words, target);
    byte[] read = Words.bytes(sourceMemory);
    byte[] written = Words.bytes(targetMemory);

    Cast cast = Cast.of(source, target);
    cast.run(sourceMemory.asReadOnly(), from.index(), targetMemory, to.index(), count);

    FixedTensor results = to.range(target, targetMemory, count);
    Words.assertWords(cast, results, i -> expected[i]);
    assertThat(Words.bytes(sourceMemory)).isEqualTo(read);
    results.segment().copyFrom(to.range(target, MemorySegment.ofArray(written), count).segment());
    assertThat(Words.bytes(targetMemory)).as("words around the target").isEqualTo(written);
  }

  @Property(tries = 200)
  void wordsMayBeCastInPlace(
      @ForAll("oneContainer") Tuple2<FixedFormat, FixedFormat> formats, @ForAll Place place,
      @ForAll @IntRange(max = 200) int count, @ForAll long seed) {
    Random random = new Random(seed);
    FixedFormat source = formats.get1();
    FixedFormat target = formats.get2();
    MemorySegment memory = place.memory(source, count, random);
    BigInteger[] expected =
        expected(Words.fill(place.range(source, memory, count), random), target);

    Cast cast = Cast.of(source, target);
    cast.run(memory, place.index(), memory, place.index(), count);

    Words.assertWords(cast, place.range(target, memory, count), i -> expected[i]);
  }

  @Provide
  Arbitrary<Tuple2<FixedFormat, FixedFormat>> oneContainer() {
    return Arbitraries.of(8, 16, 32, 64).flatMap(bits -> {
      Arbitrary<FixedFormat> formats = Formats.formats(bits == 8 ? 1 : bits / 2 + 1, bits);
      return Combinators.combine(formats, formats).as(Tuple::of);
    });
  }

  @Property(tries = 100)
  void aCopyIntoTheSameFormatChangesNothing(
      @ForAll FixedFormat format, @ForAll @IntRange(max = 200) int count, @ForAll long seed) {
    FixedTensor words = Words.tensor(format, new Random(seed), count);
    FixedTensor copy = FixedTensor.allocate(format, count);
    Cast.of(format, format).run(words, copy);
    assertThat(copy.contentEquals(words)).isTrue();
  }

  private static BigInteger[] expected(FixedTensor words, FixedFormat target) {
    return IntStream.range(0, (int) words.size())
        .mapToObj(i -> words.value(i).cast(target).raw())
        .toArray(BigInteger[]::new);
  }
}
