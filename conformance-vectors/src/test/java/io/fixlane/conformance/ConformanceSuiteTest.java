package io.fixlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.conformance.ConformanceReport.OperationCount;
import io.fixlane.format.FixedFormat;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** The suite finds what is wrong, says where, and counts what was not looked at. */
class ConformanceSuiteTest {
  private static final String TEXT =
      "op\tadd\nx\tap_fixed<8,3>\t1 2 3\ny\tap_fixed<8,3>\t1 1 1\nz\tap_fixed<9,4>\t2 3 4\n"
          + "op\tcast\nx\tap_fixed<8,3>\t1 2 3\nz\tap_fixed<8,3>\t1 2 "
          + "3\nz\tap_fixed<66,3>\t288230376151711744 "
          + "576460752303423488 864691128455135232\n";

  private static Implementation of(BiFunction<VectorBlock, WordType, Words> compute) {
    return new Implementation() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public Words compute(VectorBlock block, WordType z) {
        return compute.apply(block, z);
      }
    };
  }

  private static final Implementation REFERENCE = new ReferenceImplementation();

  /** Gives the reference's words with the lowest bit flipped. */
  private static final Implementation WRONG = of((block, z) -> {
    Words right = REFERENCE.compute(block, z);
    List<BigInteger> wrong = new ArrayList<>();
    for (int i = 0; i < right.size(); i++) {
      wrong.add(z.isDouble() ? right.raw(i).flipBit(0) : z.fixed().wrap(right.raw(i).flipBit(0)));
    }
    return Words.of(z, wrong);
  });

  @Test
  void theGoodFilePasses() throws IOException {
    ConformanceReport report = Vectors.checkReference(Vectors.source(TEXT));
    assertThat(report.mismatches()).isEmpty();
    assertThat(report.operations()).extracting(OperationCount::operation).containsExactly("add",
        "cast");
    assertThat(report.operations()).extracting(OperationCount::blocks).containsExactly(1L, 1L);
    assertThat(report.operations()).extracting(OperationCount::values).containsExactly(3L, 6L);
    assertThat(report.total().values()).isEqualTo(9);
  }

  @Test
  void aFlippedWordIsFoundWithItsPlaceAndOperands() throws IOException {
    VectorSource flipped = Vectors.source(TEXT.replace("2 3 4", "2 7 4"));
    ConformanceReport report = Vectors.checkReference(flipped);
    WordType x = WordType.parse("ap_fixed<8,3>");
    WordType z = WordType.parse("ap_fixed<9,4>");
    assertThat(report.total().mismatches()).isEqualTo(1);
    assertThat(report.mismatches()).containsExactly(new Mismatch("test.vec", 4, new Operation.Add(),
        null,
        List.of(new Word("x[1]", x, BigInteger.TWO), new Word("y[1]", x, BigInteger.ONE)),
        new Word("z[1]", z, BigInteger.valueOf(7)), new Word("z[1]", z, BigInteger.valueOf(3))));
  }

  @Test
  void aFlippedWordOfAnyWidthIsFound() throws IOException {
    VectorSource flipped = Vectors.source(TEXT.replace("576460752303423488", "576460752303423489"));
    assertThat(Vectors.checkReference(flipped).mismatches()).extracting(Mismatch::line)
        .containsExactly(8L);
  }

  @Test
  void everyBundledWordCouldFail() throws IOException {
    for (VectorSource source : VectorSource.bundled()) {
      OperationCount total = new ConformanceSuite(WRONG).run(source).total();
      assertThat(total.mismatches()).as(source.name()).isEqualTo(total.values());
    }
  }

  @Test
  void mismatchesAreAllCountedAndTheFirstKept() throws IOException {
    ConformanceReport report =
        new ConformanceSuite(WRONG, 4, (_, _) -> {}).run(Vectors.source(TEXT));
    assertThat(report.total().mismatches()).isEqualTo(9);
    assertThat(report.mismatches()).extracting(m -> m.line() + " " + m.expected().name())
        .containsExactly("4 z[0]", "4 z[1]", "4 z[2]", "7 z[0]");
  }

  @Test
  void theOperandsOfALayersMismatchGiveItsExpectedWord() throws IOException {
    VectorSource layer = VectorSource.bundled().stream().filter(s -> s.name().startsWith("layer"))
        .findFirst().orElseThrow();
    ConformanceReport report = new ConformanceSuite(WRONG, 100_000, (_, _) -> {}).run(layer);
    assertThat(report.mismatches()).hasSize(10_350);
    for (Mismatch m : report.mismatches()) {
      assertThat(recomputed(m)).as("line %d %s", m.line(), m.expected().name())
          .isEqualTo(m.expected().raw());
    }
  }

  @Test
  void theOperandsOfAConvolutionInGroupsAreThoseOfTheGroup() throws IOException {
    VectorSource source = Vectors.source(
        "op\tconv2d c=2 h=2 w=3 o=2 kh=1 kw=2 stride=1 pad=0,0,1,0 dilation=1,2 groups=2 relu=0\n"
            + "x\tap_fixed<8,8>\t1 2 3 4 5 6 -1 -2 -3 -4 -5 -6\n"
            + "y\tap_fixed<8,8>\t1 2 3 4\nacc\tap_fixed<16,16>\n"
            + "z\tap_fixed<16,16>\t4 7 10 16 -8 -15 -20 -36\n");
    ConformanceReport report = new ConformanceSuite(WRONG, 100, (_, _) -> {}).run(source);
    assertThat(report.mismatches()).hasSize(8);
    for (Mismatch m : report.mismatches()) {
      assertThat(recomputed(m)).as(m.expected().name()).isEqualTo(m.expected().raw());
    }
  }

  /**
   * Computes a layer's output as a product of one row by one column, from the operands that the
   * report names.
   */
  private static BigInteger recomputed(Mismatch m) {
    boolean biased = m.operands().getFirst().name().startsWith("bias");
    List<Word> pairs = m.operands().subList(biased ? 1 : 0, m.operands().size());
    boolean relu = m.operation().text().endsWith("relu=1");
    VectorBlock block =
        new VectorBlock(new Operation.Gemm(1, 1, pairs.size() / 2, relu), every(pairs, 0, 2),
            every(pairs, 1, 2), biased ? every(m.operands().subList(0, 1), 0, 1) : null,
            m.accumulator(), 0);
    return REFERENCE.compute(block, m.expected().type()).raw(0);
  }

  private static Words every(List<Word> words, int first, int step) {
    List<BigInteger> raw = new ArrayList<>();
    for (int i = first; i < words.size(); i += step) {
      raw.add(words.get(i).raw());
    }
    return Words.of(words.get(first).type(), raw);
  }

  @Test
  void whatIsNotCoveredIsCountedAndNotComputed() throws IOException {
    Implementation narrow = new Implementation() {
      @Override
      public String name() {
        return "narrow";
      }

      @Override
      public boolean covers(VectorBlock block, WordType z) {
        return z.fitsLong();
      }

      @Override
      public Words compute(VectorBlock block, WordType z) {
        assertThat(z.fitsLong()).isTrue();
        return REFERENCE.compute(block, z);
      }
    };
    ConformanceReport report = new ConformanceSuite(narrow).run(Vectors.source(TEXT));
    assertThat(report.operations()).extracting(OperationCount::notCovered).containsExactly(0L, 3L);
    assertThat(report.total().values()).isEqualTo(9);
    assertThat(report.total().mismatches()).isZero();
  }

  @Test
  void aFailureOfTheImplementationNamesTheBlock() {
    Implementation failing = of((_, _) -> {
      throw new UnsupportedOperationException("no adder");
    });
    assertThatThrownBy(() -> new ConformanceSuite(failing).run(Vectors.source(TEXT)))
        .isInstanceOf(ImplementationException.class)
        .hasMessage("test.vec, line 4: test on the block 'add' of line 1 fails: "
            + "java.lang.UnsupportedOperationException: no adder");
  }

  @Test
  void aResultOfAnotherSizeOrTypeIsAFailure() {
    Implementation shorter = of((_, z) -> Words.of(z, 1, 2));
    assertThatThrownBy(() -> new ConformanceSuite(shorter).run(Vectors.source(TEXT)))
        .isInstanceOf(ImplementationException.class)
        .hasMessage("test.vec, line 4: test on the block 'add' of line 1 gives "
            + "2 words of ap_fixed<9,4> instead of 3 words of ap_fixed<9,4>");
    Implementation other = of((_, _) -> Words.of(FixedFormat.signed(8, 3), 1, 2, 3));
    assertThatThrownBy(() -> new ConformanceSuite(other).run(Vectors.source(TEXT)))
        .hasMessageEndingWith("gives 3 words of ap_fixed<8,3> instead of 3 words of ap_fixed<9,4>");
  }

  @Test
  void progressEndsAtTheSize() throws IOException {
    for (VectorSource source : VectorSource.bundled()) {
      List<Long> read = new ArrayList<>();
      new ConformanceSuite(REFERENCE, 0, (_, bytes) -> read.add(bytes)).run(source);
      assertThat(read).isSorted().last().isEqualTo(source.size());
    }
  }
}
