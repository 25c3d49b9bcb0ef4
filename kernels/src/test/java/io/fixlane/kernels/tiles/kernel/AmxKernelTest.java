package io.fixlane.kernels.tiles.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fixlane.kernels.fixture.NativeAccess;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.machine.DotInstructions;
import io.fixlane.kernels.machine.Processor;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tiles of AMX, where this processor has it and the system lets it be used. */
@ExtendWith(NativeAccess.class)
class AmxKernelTest {
  private static final long PRODUCTS = 1_000_000_000;

  private final AmxDotProduct unit = new AmxDotProduct();

  @BeforeAll
  static void whereItIs() {
    assumeTrue(Processor.own().has(DotInstructions.AMX));
  }

  @Test
  void theCanaryHasNoComplaint() {
    assertThat(unit.complaint()).isNull();
  }

  /** A byte beyond an operand cannot be read or written, and none is. */
  @Test
  void nothingIsTouchedBeyondTheOperands() {
    SplittableRandom random = new SplittableRandom(1);
    for (int vectors = 1; vectors <= 2; vectors++) {
      TileShape shape = unit.shape(vectors);
      AmxKernel kernel = AmxKernel.of(shape, null);
      for (int rows = 1; rows <= 70; rows++) {
        AmxOperands operands = new AmxOperands(
            rows, 1 + random.nextInt(12), shape.columns(), random.nextInt());
        int[] expected = operands.sums();
        assertThat(operands.run(kernel, false)).isEqualTo(expected);
        assertThat(operands.run(kernel, true)).isEqualTo(expected);
        assertThat(operands.runApart(kernel, false)).isEqualTo(expected);
        assertThat(operands.runApart(kernel, true)).isEqualTo(expected);
      }
    }
  }

  /** Sums are cast on their way, whatever the form of the cast. */
  @ParameterizedTest
  @EnumSource(names = {"BYTE", "SHORT", "INT"})
  void castsOnTheWay(Container target) {
    SplittableRandom random = new SplittableRandom(4);
    for (RegisterCast.Added added : RegisterCast.Added.values()) {
      RegisterCast cast = new RegisterCast(
          new RegisterCast.Form(added, Integer.SIZE - target.bits(), true, target),
          -(1 << 20), 1 << 20, 77, 1, 5);
      for (int vectors = 1; vectors <= 2; vectors++) {
        TileShape shape = unit.shape(vectors);
        AmxKernel kernel = AmxKernel.of(shape, cast);
        for (int rows = 1; rows <= 70; rows += 1 + random.nextInt(5)) {
          AmxOperands operands = new AmxOperands(
              rows, 1 + random.nextInt(12), shape.columns(), random.nextInt());
          int[] expected = operands.sums();
          for (int i = 0; i < expected.length; i++) {
            expected[i] = cast.apply(expected[i]);
          }
          assertThat(operands.runCasting(kernel, target)).isEqualTo(expected);
        }
      }
    }
  }

  /** A call ends soon, so that a panel of many rows is several calls. */
  @Test
  void manyRowsAreSeveralCalls() {
    AmxOperands operands = new AmxOperands(9_001, 8, 32, 1);
    AmxKernel kernel = AmxKernel.of(unit.shape(2), null);
    int[] expected = operands.sums();
    assertThat(operands.run(kernel, true)).isEqualTo(expected);
    assertThat(operands.runApart(kernel, true)).isEqualTo(expected);
  }

  /** As many products as a large network has, of random words, beside the same on scalars. */
  @Test
  void aThousandMillionProducts() {
    SplittableRandom random = new SplittableRandom(2);
    long products = 0;
    while (products < PRODUCTS) {
      TileShape shape = unit.shape(1 + random.nextInt(2));
      AmxOperands operands = new AmxOperands(
          1 + random.nextInt(150), 1 + random.nextInt(20), shape.columns(), random.nextInt());
      assertThat(operands.run(AmxKernel.of(shape, null), true)).isEqualTo(operands.sums());
      products += operands.products();
    }
  }
}
