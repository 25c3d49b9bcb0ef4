package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.fixture.NativeAccess;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.kernels.machine.DotInstructions;
import io.fixlane.kernels.machine.Processor;
import io.fixlane.kernels.tiles.kernel.DotProducts;
import io.fixlane.kernels.tiles.kernel.Unit;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What plans make of units in machine code: up to which sums they are exact, and at what cost. */
@ExtendWith(NativeAccess.class)
class MachineCodePlanTest {
  private static final FixedFormat S64 = FixedFormat.signed(
      64, 64, QuantizationMode.AP_TRN, OverflowMode.AP_SAT);
  private static final int ROWS = 5;
  private static final int RUNS = 2_000;

  static Stream<Unit> units() {
    Processor processor = Processor.own();
    return Stream.of(DotInstructions.values()).filter(processor::has)
        .flatMap(each -> DotProducts.of(each).stream());
  }

  private static FixedFormat word(Unit unit) {
    int bits = unit.activation().bits();
    return FixedFormat.signed(bits, bits);
  }

  /** Returns the widest weights that it multiplies by all activations. */
  private static FixedFormat weight(Unit unit) {
    int bits = unit.label().equals("vpmaddubsw") ? 7 : unit.activation().bits();
    return FixedFormat.signed(bits, bits);
  }

  private static FixedTensor smallest(FixedFormat format, int... shape) {
    FixedTensor tensor = FixedTensor.allocate(format, shape);
    for (long i = 0; i < tensor.size(); i++) {
      tensor.setRaw(i, format.minRaw().longValueExact());
    }
    return tensor;
  }

  private static LongStream run(Gemm plan, FixedTensor a) {
    FixedTensor target = FixedTensor.allocate(S64, ROWS, 1);
    plan.run(a, target);
    return LongStream.range(0, target.size()).map(target::raw);
  }

  /** Of the smallest words, 2^17 products of bytes are 2^31, or 2 of words of 16 bits. */
  @ParameterizedTest
  @MethodSource("units")
  void beyond32BitsAUnitIsNotExact(Unit unit) {
    FixedFormat word = word(unit);
    FixedFormat weight = weight(unit);
    int k = 1 << 33 - word.width() - weight.width();
    OutputStage stage = OutputStage.to(S64);
    FixedTensor within = smallest(weight, k, 1);
    within.setRaw(0, 1 - (1L << weight.width() - 1));
    assertThat(run(Gemm.forced(word, within, stage, unit), smallest(word, ROWS, k)))
        .containsOnly((1L << 31) - (1L << word.width() - 1));
    FixedTensor beyond = smallest(weight, k, 1);
    Gemm forced = Gemm.forced(word, beyond, stage, unit);
    assertThat(forced.explain()).contains("unit         " + unit.label());
    assertThat(run(forced, smallest(word, ROWS, k))).containsOnly((long) Integer.MIN_VALUE);
    assertThat(run(Gemm.of(word, beyond, stage), smallest(word, ROWS, k)))
        .containsOnly(1L << 31);
  }

  @ParameterizedTest
  @MethodSource("units")
  void whatAUnitCannotMultiplyItRefuses(Unit unit) {
    FixedFormat word = word(unit);
    int bits = word.width();
    FixedFormat wider = FixedFormat.signed(bits + 1, bits + 1);
    OutputStage stage = OutputStage.to(S64);
    FixedTensor ones = FixedTensor.allocate(word, 3, 4);
    assertThat(Gemm.forced(wider, ones, stage, unit).explain())
        .containsPattern(unit.label() + " +activations are " + wider + ", and it multiplies");
    FixedTensor wide = FixedTensor.allocate(wider, 3, 4);
    wide.setRaw(5, 1L << bits - 1);
    assertThat(Gemm.forced(word, wide, stage, unit).explain())
        .containsPattern(unit.label() + " +a weight has more than " + bits + " bits");
    wide.setRaw(5, weight(unit).maxRaw().longValueExact());
    assertThat(Gemm.forced(word, wide, stage, unit).explain())
        .contains("unit         " + unit.label());
    FixedFormat unsigned = FixedFormat.unsigned(bits, bits);
    assertThat(Gemm.forced(unsigned, ones, stage, unit).explain()).containsPattern(bits == 8
        ? "unit +" + unit.label()
        : unit.label() + " +activations are .*signed words");
    FixedTensor depthwise = FixedTensor.allocate(word, 4, 1, 3, 3);
    assertThat(Conv2d.forced(word, depthwise, ImageShape.of(5, 5, 4), Window.of(3, 3), 4, stage,
        unit).explain()).containsPattern(List.of("sdot", "tdpbusd").contains(unit.label())
            ? unit.label() + " +each column has activations of its own"
            : "unit +" + unit.label());
  }

  /**
   * vpmaddubsw saturates at 16 bits, so that two neighbouring products of all activations must be
   * less: it is weights that decide, one by one, and not their format.
   */
  @Test
  void whereTwoProductsCanSaturateAnotherUnitIsTaken() {
    assumeTrue(Processor.own().has(DotInstructions.AVX2));
    Unit unit = DotProducts.of(DotInstructions.AVX2).getFirst();
    FixedFormat s8 = FixedFormat.signed(8, 8);
    FixedFormat u8 = FixedFormat.unsigned(8, 8);
    FixedFormat u7 = FixedFormat.unsigned(7, 7);
    OutputStage stage = OutputStage.to(S64);
    // 255 * 128 is below 2^15, and 255 * 129 is not; 127 * 256 is, and is exact below zero.
    assertTaken(unit, u8, true, 100, 28);
    assertTaken(unit, u8, false, 100, 29);
    assertTaken(unit, s8, true, 127, -128, 1);
    assertTaken(unit, s8, false, 127, 2);
    assertTaken(unit, u8, false, -100, -29);
    assertTaken(unit, u7, true, -128, -128, 127, 127);
    // A third channel stands before what fills the group up.
    FixedTensor weights = FixedTensor.allocate(s8, 3, 1);
    weights.setRaw(2, 127);
    FixedTensor a = FixedTensor.allocate(u8, 1, 3);
    a.setRaw(2, 255);
    FixedTensor target = FixedTensor.allocate(S64, 1, 1);
    Gemm.forced(u8, weights, stage, unit).run(a, target);
    assertThat(target.raw(0)).isEqualTo(127 * 255);
  }

  private static void assertTaken(Unit unit, FixedFormat a, boolean taken, long... column) {
    FixedTensor weights = FixedTensor.allocate(FixedFormat.signed(8, 8), column.length, 1);
    for (int k = 0; k < column.length; k++) {
      weights.setRaw(k, column[k]);
    }
    String plan = Gemm.forced(a, weights, OutputStage.to(S64), unit).explain();
    if (taken) {
      assertThat(plan).contains("unit         vpmaddubsw");
    } else {
      assertThat(plan).containsPattern("vpmaddubsw +a weight has more than 8 bits, or two products"
          + " have more than 16");
    }
  }

  /** What a user gets: the best unit, without being asked for. */
  @Test
  void aPlanTakesTheBestUnit() {
    Unit best = DotProducts.usable().getFirst();
    FixedFormat word = word(best);
    FixedTensor weights = Words.tensor(weight(best), new Random(1), 64, 64);
    assertThat(Gemm.of(word, weights, OutputStage.to(word)
        .withAccumulator(FixedFormat.signed(32, 32))).explain())
        .contains("unit         " + best.label() + ", modulo 2^32, "
            + (best.label().equals("tdpbusd") ? 64 : 32 / word.width()) + " weights at a time");
  }

  /** Heap arrays are passed as they are, and the segments that name them are made once. */
  @Test
  void aRunAllocatesNothing() {
    FixedFormat word = word(DotProducts.usable().getFirst());
    Random random = new Random(3);
    FixedTensor x = Words.tensor(word, random, 10, 40);
    FixedTensor y = FixedTensor.allocate(word, 10, 40);
    OutputStage stage = OutputStage.to(word).withAccumulator(FixedFormat.signed(32, 32));
    FixedFormat weight = weight(DotProducts.usable().getFirst());
    Gemm gemm = Gemm.of(word, Words.tensor(weight, random, 40, 40), stage);
    Conv2d conv =
        Conv2d.of(word, Words.tensor(weight, random, 4, 4, 3, 3), ImageShape.of(10, 10, 4),
            Window.of(3, 3).withPadding(1, 1), stage);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = Long.MAX_VALUE;
    // The JIT compiles in the background.
    for (int round = 0; round < 1_000 && bytes >= RUNS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < RUNS; i++) {
        gemm.run(x, y);
        conv.run(x, y);
      }
      bytes = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertThat(bytes / RUNS).as("bytes per run").isZero();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void plansShareTheirCode() throws IOException {
    plansMapNoMemory(500);
  }

  @Test
  @Tag("hardening")
  @EnabledOnOs(OS.LINUX)
  void aHundredThousandPlansShareTheirCode() throws IOException {
    plansMapNoMemory(100_000);
  }

  private static void plansMapNoMemory(int plans) throws IOException {
    FixedFormat word = word(DotProducts.usable().getFirst());
    long before = 0;
    for (int i = 0; i < plans; i++) {
      int n = 1 + i % 100;
      FixedTensor weights = FixedTensor.allocate(word, 4, n);
      weights.setRaw(0, -1);
      FixedTensor a = smallest(word, 2, 4);
      FixedTensor target = FixedTensor.allocate(S64, 2, n);
      Gemm.of(word, weights, OutputStage.to(S64)).run(a, target);
      assertThat(target.raw(0)).isEqualTo(1L << word.width() - 1);
      if (i == 100) {
        before = codeBytes();
      }
    }
    assertThat(before).isPositive();
    assertThat(codeBytes()).isLessThanOrEqualTo(before);
  }

  /** Returns how many bytes without a file can be run. */
  private static long codeBytes() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines.filter(line -> line.matches("\\S+ r-xp \\S+ \\S+ 0 *"))
          .map(line -> line.split("[- ]"))
          .mapToLong(range -> Long.parseUnsignedLong(range[1], 16)
              - Long.parseUnsignedLong(range[0], 16))
          .sum();
    }
  }
}
