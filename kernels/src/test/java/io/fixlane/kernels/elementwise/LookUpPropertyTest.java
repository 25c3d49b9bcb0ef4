package io.fixlane.kernels.elementwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Elementwise;
import io.fixlane.kernels.fixture.Differential;
import io.fixlane.kernels.fixture.Formats;
import io.fixlane.kernels.fixture.Place;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceLookUp;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Look-ups give the reference's words, however large the table is and wherever words lie. */
@Domain(Formats.class)
@Domain(Place.Places.class)
@Domain(DomainContext.Global.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Differential
class LookUpPropertyTest {

  /** Functions whose results are finite, and infinite ones that saturate. */
  enum Function implements DoubleUnaryOperator {
    SIGMOID {
      @Override
      public double applyAsDouble(double v) {
        return 1 / (1 + StrictMath.exp(-v));
      }
    },
    TANH {
      @Override
      public double applyAsDouble(double v) {
        return StrictMath.tanh(v);
      }
    },
    CONSTANT {
      @Override
      public double applyAsDouble(double v) {
        return -1.625;
      }
    },
    NEGATIVE_ZERO {
      @Override
      public double applyAsDouble(double v) {
        return -0.0;
      }
    },
    CUBE {
      @Override
      public double applyAsDouble(double v) {
        return v * v * v;
      }
    }
  }

  @Provide
  Arbitrary<FixedFormat> narrow() {
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(8, Formats.formats(1, 9)),
        net.jqwik.api.Tuple.of(2, Formats.formats(10, 16)));
  }

  @Provide
  Arbitrary<FixedFormat> few() {
    return Formats.formats(1, 10);
  }

  @Property(tries = 150)
  void functions(
      @ForAll("few") FixedFormat x, @ForAll Function f, @ForAll FixedFormat result,
      @ForAll Place from, @ForAll Place to, @ForAll @IntRange(max = 300) int count,
      @ForAll long seed) {
    assertLooksUp(Elementwise.lookUp(x, f, result), ReferenceLookUp.of(x, f, result), from, to,
        count, seed);
  }

  @Property(tries = 250)
  void tables(
      @ForAll("narrow") FixedFormat x, @ForAll FixedFormat result, @ForAll Place from,
      @ForAll Place to, @ForAll @IntRange(max = 300) int count, @ForAll long seed) {
    FixedTensor table = Words.tensor(result, new Random(seed), 1 << x.width());
    List<Fixed> words = LongStream.range(0, table.size()).mapToObj(table::value).toList();
    Elementwise plan = Elementwise.lookUp(x, table);
    // The plan keeps a table of its own.
    Words.fill(table, new Random(~seed));
    assertLooksUp(plan, new ReferenceLookUp(x, words), from, to, count, seed);
  }

  /** Words in memory that is longer, which stays as it was; and in place where that is allowed. */
  private static void assertLooksUp(Elementwise plan, ReferenceLookUp reference, Place from,
      Place to, int count, long seed) {
    Random random = new Random(seed);
    FixedFormat result = reference.table().getFirst().format();
    FixedTensor x = Words.fill(
        from.range(reference.x(), from.memory(reference.x(), count, random), count), random);
    BigInteger[] expected = IntStream.range(0, count)
        .mapToObj(i -> reference.apply(x.value(i)).raw()).toArray(BigInteger[]::new);
    FixedTensor y = to.range(result, to.memory(result, count, random), count);
    plan.run(x, y);
    Words.assertWords(plan, y, i -> expected[i]);
    if (x.segment().byteSize() == y.segment().byteSize()) {
      FixedTensor inPlace = FixedTensor.of(result, x.segment(), count);
      plan.run(x, inPlace);
      Words.assertWords(plan, inPlace, i -> expected[i]);
    }
  }

  /** Every word of formats of every width. */
  @Property(tries = 1)
  void everyWord() {
    for (int width = 1; width <= 16; width++) {
      for (boolean signed : new boolean[] {true, false}) {
        FixedFormat x = signed ? FixedFormat.signed(width, 3) : FixedFormat.unsigned(width, 3);
        for (int bits : new int[] {8, 16, 32, 64}) {
          FixedFormat result = FixedFormat.signed(bits, 40);
          int size = 1 << width;
          FixedTensor table = FixedTensor.allocate(result, size);
          FixedTensor words = FixedTensor.allocate(x, size);
          for (int i = 0; i < size; i++) {
            table.setRaw(i, (byte) (i * 97 ^ i >> 8));
            words.setRaw(i, x.minRaw().longValue() + i);
          }
          FixedTensor y = FixedTensor.allocate(result, size);
          Elementwise.lookUp(x, table).run(words, y);
          assertThat(y.contentEquals(table)).as("%s -> %s", x, result).isTrue();
        }
      }
    }
  }
}
