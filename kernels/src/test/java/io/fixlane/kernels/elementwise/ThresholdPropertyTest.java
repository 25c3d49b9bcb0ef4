package io.fixlane.kernels.elementwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Threshold;
import io.fixlane.kernels.fixture.Differential;
import io.fixlane.kernels.fixture.Formats;
import io.fixlane.kernels.fixture.OperandShape;
import io.fixlane.kernels.fixture.Place;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceThreshold;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
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
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Staircases give the reference's words, whatever their formats, and wherever words lie. */
@Domain(Formats.class)
@Domain(Place.Places.class)
@Domain(DomainContext.Global.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Differential
class ThresholdPropertyTest {
  /** The format of words, and another of thresholds: the same, a wider one, or any. */
  record Compared(FixedFormat x, FixedFormat thresholds) {}

  @Provide
  Arbitrary<Compared> compared() {
    return Combinators.combine(Formats.formats(1, 64), Formats.formats(1, 64),
        Arbitraries.integers().between(0, 3), Arbitraries.integers().between(0, 3),
        Arbitraries.integers().between(0, 4)).as(ThresholdPropertyTest::near);
  }

  private static Compared near(FixedFormat x, FixedFormat any, int above, int below, int kind) {
    int width = x.width() + above + below;
    if (kind == 0 || width > 64) {
      return new Compared(x, any);
    }
    FixedFormat wider = kind < 3 || x.signed()
        ? x.withBits(width, x.integerBits() + above)
        : FixedFormat.signed(width, x.integerBits() + above);
    return new Compared(x, wider);
  }

  @Provide
  Arbitrary<Integer> lengths() {
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.integers().between(1, 20)),
        Tuple.of(1, Arbitraries.integers().between(21, 300)));
  }

  @Provide
  Arbitrary<int[]> shapes() {
    return Combinators.combine(
        Arbitraries.integers().between(1, 4).array(int[].class).ofSize(4),
        Arbitraries.integers().between(0, 3), Arbitraries.integers().between(1, 90))
        .as((shape, long_, size) -> {
          shape[long_] = size;
          return shape;
        });
  }

  /** Returns steps that do not lead out of the format, from a word of it. */
  private static long step(Fixed start, int thresholds, Random random) {
    BigInteger count = BigInteger.valueOf(thresholds);
    BigInteger up = start.format().maxRaw().subtract(start.raw()).divide(count);
    BigInteger down = start.raw().subtract(start.format().minRaw()).divide(count);
    BigInteger most = (random.nextBoolean() ? up : down.negate());
    BigInteger step = switch (random.nextInt(3)) {
      case 0 -> most;
      case 1 -> BigInteger.valueOf(most.signum());
      default -> most.divide(BigInteger.valueOf(random.nextInt(1, 9)));
    };
    return step.max(BigInteger.valueOf(Long.MIN_VALUE)).min(BigInteger.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }

  private static List<ReferenceThreshold> lists(FixedTensor thresholds, Fixed start, long step) {
    int length = thresholds.dimension(thresholds.rank() - 1);
    return IntStream.range(0, (int) thresholds.size() / length)
        .mapToObj(list -> new ReferenceThreshold(
            IntStream.range(0, length).mapToObj(t -> thresholds.value(list * length + t)).toList(),
            start, BigInteger.valueOf(step)))
        .toList();
  }

  @Property(tries = 300)
  void lists(
      @ForAll("compared") Compared formats, @ForAll FixedFormat result,
      @ForAll("lengths") int length, @ForAll("shapes") int[] shape, @ForAll OperandShape operand,
      @ForAll long seed) {
    Random random = new Random(seed);
    int[] listShape = operand.of(shape);
    int[] all = Arrays.copyOf(listShape, listShape.length + 1);
    all[listShape.length] = length;
    FixedTensor thresholds = Words.ascending(formats.thresholds, random, all);
    Fixed start = new Fixed(result, Words.random(result, random));
    long step = step(start, length, random);
    List<ReferenceThreshold> references = lists(thresholds, start, step);
    Threshold plan = Threshold.of(formats.x, thresholds, start, step);
    // The plan keeps a copy.
    Words.fill(thresholds, random);

    FixedTensor x = Words.tensor(formats.x, random, shape);
    IntUnaryOperator list = operand.index(shape);
    BigInteger[] expected = IntStream.range(0, (int) x.size())
        .mapToObj(i -> references.get(list.applyAsInt(i)).apply(x.value(i)).raw())
        .toArray(BigInteger[]::new);
    FixedTensor y = FixedTensor.allocate(result, shape);
    plan.run(x, y);
    Words.assertWords(plan, y, i -> expected[i]);
    if (x.segment().byteSize() == y.segment().byteSize()) {
      FixedTensor inPlace = FixedTensor.of(result, x.segment(), shape);
      plan.run(x, inPlace);
      Words.assertWords(plan, inPlace, i -> expected[i]);
    }
  }

  @Property(tries = 150)
  void rangesOfWordsAnywhereAreComputedAndNothingElseIsWritten(
      @ForAll("compared") Compared formats, @ForAll FixedFormat result,
      @ForAll("lengths") int length, @ForAll Place from, @ForAll Place to,
      @ForAll @IntRange(max = 300) int count, @ForAll long seed) {
    Random random = new Random(seed);
    FixedTensor thresholds = Words.ascending(formats.thresholds, random, length);
    Fixed start = new Fixed(result, Words.random(result, random));
    long step = step(start, length, random);
    Threshold plan = Threshold.of(formats.x, thresholds, start, step);
    MemorySegment source = from.memory(formats.x, count, random);
    FixedTensor x = Words.fill(from.range(formats.x, source, count), random);
    MemorySegment target = to.memory(result, count, random);
    FixedTensor y = to.range(result, target, count);
    byte[] before = Words.bytes(target);
    plan.run(source, from.index(), target, to.index(), count);
    ReferenceThreshold reference = lists(thresholds, start, step).getFirst();
    Words.assertWords(plan, y, i -> reference.apply(x.value(i)).raw());
    MemorySegment restored = MemorySegment.ofArray(Words.bytes(target));
    long offset = y.segment().address() - target.address();
    MemorySegment.copy(MemorySegment.ofArray(before), offset, restored, offset,
        y.segment().byteSize());
    assertThat(Words.bytes(restored)).isEqualTo(before);
  }

  /** Every word and every threshold of formats that fill a container, and of some that do not. */
  @Property(tries = 1)
  void everyWordAndThreshold() {
    for (int width : new int[] {1, 3, 7, 8}) {
      for (boolean signed : new boolean[] {true, false}) {
        FixedFormat x = signed ? FixedFormat.signed(width, 2) : FixedFormat.unsigned(width, 2);
        FixedFormat wider = FixedFormat.signed(width + 2, 4);
        int words = 1 << width;
        FixedTensor every = FixedTensor.allocate(x, words);
        for (int i = 0; i < words; i++) {
          every.setRaw(i, x.minRaw().longValue() + i);
        }
        for (int bits : new int[] {1, 8, 16, 32, 64}) {
          FixedFormat result = FixedFormat.unsigned(bits, 1);
          for (long t = x.minRaw().longValue() - 1; t <= x.maxRaw().longValue() + 1; t++) {
            FixedTensor threshold = FixedTensor.allocate(wider, 1);
            threshold.setRaw(0, t);
            FixedTensor y = FixedTensor.allocate(result, words);
            Threshold plan = Threshold.of(x, threshold, Fixed.ofRaw(result, 0), 1);
            plan.run(every, y);
            long first = t;
            Words.assertWords(plan, y,
                i -> every.raw(i) >= first ? BigInteger.ONE : BigInteger.ZERO);
          }
        }
      }
    }
  }
}
