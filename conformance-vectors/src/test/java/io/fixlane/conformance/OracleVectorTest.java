package io.fixlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.conformance.Operation.Add;
import io.fixlane.conformance.Operation.Cast;
import io.fixlane.conformance.Operation.Dot;
import io.fixlane.conformance.Operation.FromDouble;
import io.fixlane.conformance.Operation.Gemm;
import io.fixlane.conformance.Operation.Multiply;
import io.fixlane.conformance.Operation.ToDouble;
import io.fixlane.format.FixedFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Files of other formats and widths, whose words plain long and double arithmetic gives, pass too.
 */
class OracleVectorTest {
  private static final int SIZE = 64;

  private static FixedFormat format(String text, Object... arguments) {
    return FixedFormat.parse(text.formatted(arguments));
  }

  private static long[] words(Random random, FixedFormat format, int size) {
    int unused = Long.SIZE - format.width();
    return random.longs(size).map(bits -> format.signed() ? bits >> unused : bits >>> unused)
        .toArray();
  }

  private static void check(Operation operation, Words x, Words y, Words... z) throws IOException {
    FixedFormat accumulator = operation instanceof Gemm ? FixedFormat.signed(64, 32) : null;
    VectorBlock block = new VectorBlock(operation, x, y, null, accumulator, 0);
    byte[] file = Vectors.write(List.of(new Vectors.Block(block, Arrays.asList(z))), true);
    ConformanceReport report = Vectors.checkReference(Vectors.source(file));
    assertThat(report.mismatches()).isEmpty();
    assertThat(report.total().values()).isEqualTo(z[0].size() * (long) z.length);
  }

  @Property(tries = 200)
  void castsAreShiftsAndRoundings(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 52) int width,
      @ForAll @IntRange(min = -3, max = 60) int integerBits,
      @ForAll @IntRange(min = 1, max = 40) int newWidth,
      @ForAll @IntRange(min = 1, max = 12) int dropped) throws IOException {
    FixedFormat source = FixedFormat.signed(width, integerBits);
    long[] x = words(new Random(seed), source, SIZE);
    int newInteger = newWidth - (width - integerBits) + dropped;
    double scale = Math.scalb(1.0, -dropped);
    long max = (1L << newWidth - 1) - 1;
    FixedFormat wrap = FixedFormat.signed(newWidth, newInteger);
    FixedFormat sat = format("ap_fixed<%d,%d,AP_TRN,AP_SAT>", newWidth, newInteger);
    FixedFormat even = format("ap_fixed<%d,%d,AP_RND_CONV,AP_SAT>", newWidth, newInteger);
    FixedFormat up = format("ap_fixed<%d,%d,AP_RND,AP_SAT>", newWidth, newInteger);
    FixedFormat zero = format("ap_ufixed<%d,%d,AP_TRN_ZERO,AP_SAT_ZERO>", newWidth, newInteger);
    int unused = Long.SIZE - newWidth;
    check(new Cast(), Words.of(source, x), null,
        Words.of(wrap, Arrays.stream(x).map(v -> v >> dropped << unused >> unused).toArray()),
        Words.of(sat, Arrays.stream(x).map(v -> Math.clamp(v >> dropped, -max - 1, max)).toArray()),
        Words.of(even,
            Arrays.stream(x).map(v -> Math.clamp((long) Math.rint(v * scale), -max - 1, max))
                .toArray()),
        Words.of(up,
            Arrays.stream(x).map(v -> Math.clamp((long) Math.floor(v * scale + 0.5), -max - 1, max))
                .toArray()),
        Words.of(zero, Arrays.stream(x).map(v -> v / (1L << dropped))
            .map(q -> q < 0 || q > 2 * max + 1 ? 0 : q).toArray()));
  }

  @Property(tries = 200)
  void sumsAndProductsAreThoseOfLongs(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 30) int xWidth,
      @ForAll @IntRange(min = 1, max = 30) int yWidth,
      @ForAll @IntRange(min = -5, max = 40) int fraction) throws IOException {
    Random random = new Random(seed);
    FixedFormat xFormat = FixedFormat.unsigned(xWidth, xWidth - fraction);
    FixedFormat yFormat = FixedFormat.signed(yWidth, yWidth - fraction);
    long[] x = words(random, xFormat, SIZE);
    long[] y = words(random, yFormat, SIZE);
    int sumWidth = Math.max(xWidth + 1, yWidth) + 1;
    check(new Add(), Words.of(xFormat, x), Words.of(yFormat, y),
        Words.of(FixedFormat.signed(sumWidth, sumWidth - fraction), each(i -> x[i] + y[i], SIZE)));
    int width = xWidth + yWidth;
    check(new Multiply(), Words.of(xFormat, x), Words.of(yFormat, y),
        Words.of(FixedFormat.signed(width, width - 2 * fraction), each(i -> x[i] * y[i], SIZE)));
  }

  private static long[] each(IntToLongFunction result, int size) {
    return IntStream.range(0, size).mapToLong(result).toArray();
  }

  @Property(tries = 100)
  void wideSumsOfProductsAreThoseOfLongs(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 24) int width,
      @ForAll @IntRange(min = 1, max = 9) int k)
      throws IOException {
    FixedFormat format = FixedFormat.signed(width, 1);
    Random random = new Random(seed);
    long[] x = words(random, format, 3 * k);
    long[] y = words(random, format, 3 * k);
    FixedFormat z = FixedFormat.signed(64, 64 - 2 * (width - 1));
    check(new Dot(k), Words.of(format, x), Words.of(format, y), Words.of(z, each(
        run -> IntStream.range(run * k, (run + 1) * k).mapToLong(i -> x[i] * y[i]).sum(), 3)));
  }

  @Property(tries = 100)
  void matrixProductsAreThoseOfLongs(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int m,
      @ForAll @IntRange(min = 1, max = 5) int n,
      @ForAll @IntRange(min = 1, max = 9) int k) throws IOException {
    FixedFormat format = FixedFormat.signed(17, 1);
    Random random = new Random(seed);
    long[] x = words(random, format, m * k);
    long[] y = words(random, format, k * n);
    FixedFormat z = FixedFormat.signed(64, 32);
    check(new Gemm(m, n, k, true), Words.of(format, x), Words.of(format, y),
        Words.of(z, each(i -> Math.max(0,
            IntStream.range(0, k).mapToLong(l -> x[i / n * k + l] * y[l * n + i % n]).sum()),
            m * n)));
  }

  @Property(tries = 100)
  void doublesAreScaledWords(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 53) int width,
      @ForAll @IntRange(min = -300, max = 300) int integerBits) throws IOException {
    FixedFormat format = FixedFormat.signed(width, integerBits);
    long[] raw = words(new Random(seed), format, SIZE);
    double[] values =
        Arrays.stream(raw).mapToDouble(r -> Math.scalb((double) r, integerBits - width)).toArray();
    check(new ToDouble(), Words.of(format, raw), null, Words.ofDoubles(values));
    check(new FromDouble(), Words.ofDoubles(values), null, Words.of(format, raw));
  }
}
