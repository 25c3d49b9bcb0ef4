package io.fixlane.kernels.tiles.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.fixture.NativeAccess;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.reference.Fixed;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Casts of sums in registers: the words of the reference, in every mode that has such a cast. */
@ExtendWith(NativeAccess.class)
class RegisterCastTest {
  private static final int TRIES = 2000;
  private static final FixedFormat SUMS = FixedFormat.signed(24, 10);
  private static final Set<OverflowMode> IN_REGISTERS =
      EnumSet.of(OverflowMode.AP_SAT, OverflowMode.AP_SAT_SYM, OverflowMode.AP_WRAP);

  static Stream<DotProduct> units() {
    return DotKernelTest.units().filter(unit -> !unit.instructions().arm());
  }

  /** Sums that lie next to operands and results that cannot be read or written beyond. */
  @ParameterizedTest
  @MethodSource("units")
  @DisabledOnOs(OS.WINDOWS)
  void castsAreThoseOfTheReference(DotProduct unit) {
    Random random = new Random(1);
    int widest = TileShape.maxVectors(unit, unit.instructions().bits());
    Set<RegisterCast.Form> forms = new HashSet<>();
    for (int i = 0; i < TRIES; i++) {
      FixedFormat sums = sums(random);
      FixedFormat target = format(random);
      boolean relu = random.nextBoolean();
      RegisterCast cast = RegisterCast.of(sums, relu, target);
      if (cast != null) {
        forms.add(cast.form());
        check(unit, 1 + i % widest, cast, sums, relu, target, random);
      }
    }
    for (Container container : Set.of(Container.BYTE, Container.SHORT, Container.INT)) {
      for (RegisterCast.Added added : RegisterCast.Added.values()) {
        assertThat(forms).anyMatch(
            form -> form.target() == container && form.added() == added);
      }
      for (boolean signed : new boolean[] {false, true}) {
        for (boolean cut : new boolean[] {false, true}) {
          assertThat(forms).anyMatch(form -> form.target() == container
              && form.signed() == signed && form.cut() > 0 == cut);
        }
      }
    }
  }

  /** Returns a format in any mode, as often of each container as of others. */
  private static FixedFormat format(Random random) {
    OverflowMode[] overflows = OverflowMode.values();
    QuantizationMode[] quantizations = QuantizationMode.values();
    int width = 1 + random.nextInt(8 << random.nextInt(3));
    OverflowMode overflow = random.nextBoolean()
        ? OverflowMode.AP_WRAP
        : overflows[random.nextInt(overflows.length)];
    return new FixedFormat(random.nextBoolean() || !overflow.servesUnsigned(), width,
        random.nextInt(-4, 24), quantizations[random.nextInt(quantizations.length)], overflow,
        random.nextInt(4) == 0 ? random.nextInt(width + 1) : 0);
  }

  /** Returns one that most others drop bits of. */
  private static FixedFormat sums(Random random) {
    int width = 32 - random.nextInt(1 + random.nextInt(32));
    return random.nextBoolean()
        ? FixedFormat.signed(width, random.nextInt(24))
        : FixedFormat.unsigned(width, random.nextInt(24));
  }

  private static void check(DotProduct unit, int vectors, RegisterCast cast, FixedFormat sums,
      boolean relu, FixedFormat target, Random random) {
    TileShape shape = unit.shape(vectors);
    int rows = 1 + random.nextInt(2 * shape.rows());
    DotOperands operands = new DotOperands(
        unit, rows, 1 + random.nextInt(2), 1 + random.nextInt(3), shape.columns(),
        random.nextInt());
    int[] words = new int[rows * shape.columns()];
    long[] expected = new long[words.length];
    for (int i = 0; i < words.length; i++) {
      Fixed sum = new Fixed(sums, Words.random(sums, random));
      words[i] = sum.raw().intValueExact();
      boolean zero = relu && sum.raw().signum() < 0;
      expected[i] = (zero ? Fixed.ofRaw(sums, 0) : sum).cast(target).raw().longValueExact();
    }
    operands.makeSums(words);
    DotKernel kernel = DotKernel.casting(unit, shape, cast);
    MemorySegment results =
        operands.runCasting(kernel, shape.rows(), random.nextBoolean(), cast.target());
    Container container = cast.target();
    for (int i = 0; i < words.length; i++) {
      // A word without a sign is stored in the same bits.
      long unused = target.signed() ? 0 : Long.SIZE - container.bits();
      long word = container.read(results, (long) i * container.bytes()) << unused >>> unused;
      assertThat(word).as("%s into %s, relu %s, sum %d", sums, target, relu, words[i])
          .isEqualTo(expected[i]);
      assertThat(cast.apply(words[i])).isEqualTo((int) expected[i]);
    }
  }

  /** Every rounding has one, where sums saturate or wrap; the other overflows are left to loops. */
  @Test
  void mostModesHaveACast() {
    for (QuantizationMode quantization : QuantizationMode.values()) {
      for (OverflowMode overflow : OverflowMode.values()) {
        FixedFormat target = new FixedFormat(true, 8, 3, quantization, overflow, 0);
        RegisterCast cast = RegisterCast.of(SUMS, false, target);
        if (IN_REGISTERS.contains(overflow)) {
          assertThat(cast).as("%s", target).isNotNull();
        } else {
          assertThat(cast).as("%s", target).isNull();
        }
      }
    }
  }

  @Test
  void whatRegistersCannotHoldHasNone() {
    FixedFormat s8 = FixedFormat.signed(8, 3);
    assertThat(RegisterCast.of(FixedFormat.signed(33, 10), false, s8)).isNull();
    assertThat(RegisterCast.of(FixedFormat.unsigned(32, 10), false, s8)).isNull();
    assertThat(RegisterCast.of(FixedFormat.signed(32, 28), false,
        new FixedFormat(false, 32, 30, QuantizationMode.AP_RND, OverflowMode.AP_WRAP, 0))).isNull();
    assertThat(RegisterCast.of(FixedFormat.signed(32, 10), false,
        new FixedFormat(true, 16, 3, QuantizationMode.AP_RND, OverflowMode.AP_WRAP, 0)))
        .isNotNull();
    assertThat(RegisterCast.of(SUMS, false, FixedFormat.signed(33, 10))).isNull();
    assertThat(RegisterCast.of(SUMS, false, FixedFormat.signed(32, 10))).isNull();
    assertThat(RegisterCast.of(SUMS, false, FixedFormat.signed(8, -20))).isNull();
  }
}
