package io.fixlane.kernels.tiles.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.kernels.fixture.NativeAccess;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.machine.DotInstructions;
import io.fixlane.kernels.machine.Processor;
import io.fixlane.kernels.tiles.pack.DotLayout;
import io.fixlane.kernels.tiles.pack.PackedWeights;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tiles of every unit in machine code that this processor can run, but for AMX. */
@ExtendWith(NativeAccess.class)
class DotKernelTest {
  private static final long PRODUCTS = 1_000_000_000;

  static Stream<DotProduct> units() {
    Processor processor = Processor.own();
    return Stream.of(DotInstructions.values()).filter(processor::has)
        .filter(each -> each != DotInstructions.AMX)
        .flatMap(each -> DotProducts.of(each).stream()).map(DotProduct.class::cast);
  }

  @ParameterizedTest
  @MethodSource("units")
  void theCanaryHasNoComplaint(DotProduct unit) {
    assertThat(DotCanary.complaint(unit)).isNull();
  }

  /** A byte beyond an operand cannot be read, and none is. */
  @ParameterizedTest
  @MethodSource("units")
  @DisabledOnOs(OS.WINDOWS)
  void nothingIsReadBeyondTheOperands(DotProduct unit) {
    Random random = new Random(1);
    int widest = TileShape.maxVectors(unit, unit.instructions().bits());
    for (int vectors = 1; vectors <= widest; vectors++) {
      DotKernel kernel = new DotKernel(unit, unit.shape(vectors));
      int tileRows = TileShape.rows(unit, vectors, unit.instructions().bits());
      for (int rows = 1; rows <= 2 * tileRows; rows++) {
        int columns = vectors * TileShape.lanes(unit, unit.instructions().bits());
        DotOperands operands = new DotOperands(unit, rows, 1 + random.nextInt(3),
            1 + random.nextInt(4), columns, random.nextInt());
        int[] expected = operands.sums();
        assertThat(operands.run(kernel, tileRows, false)).isEqualTo(expected);
        assertThat(operands.run(kernel, tileRows, true)).isEqualTo(expected);
      }
    }
  }

  /** The same where each column has activations of its own. */
  @ParameterizedTest
  @MethodSource("units")
  @DisabledOnOs(OS.WINDOWS)
  void lanesOfTheirOwn(DotProduct unit) {
    assertThat(unit.lanewise()).isEqualTo(!unit.instructions().arm());
    Random random = new Random(5);
    int widest = unit.lanewise() ? TileShape.maxVectors(unit, unit.instructions().bits()) : 0;
    for (int vectors = 1; vectors <= widest; vectors++) {
      TileShape shape = unit.shape(Access.LANEWISE, vectors);
      DotKernel kernel = new DotKernel(unit, shape);
      for (int rows = 1; rows <= 2 * shape.rows(); rows++) {
        DotOperands operands = DotOperands.lanewise(
            unit, rows, 1 + random.nextInt(12), shape.columns(), random.nextInt());
        int[] expected = operands.sums();
        assertThat(operands.run(kernel, shape.rows(), false)).isEqualTo(expected);
        assertThat(operands.run(kernel, shape.rows(), true)).isEqualTo(expected);
      }
    }
  }

  /** As above, of weights that are stored in half the memory, and widened in registers. */
  @ParameterizedTest
  @MethodSource("units")
  @DisabledOnOs(OS.WINDOWS)
  void weightsOfHalfTheBits(DotProduct unit) {
    Random random = new Random(3);
    int bits = unit.instructions().bits();
    for (int vectors = 1; vectors <= TileShape.maxVectors(unit, bits); vectors++) {
      for (int rows = 1; rows <= TileShape.NARROW_ROWS; rows++) {
        TileShape shape = new TileShape(
            unit, Access.BROADCAST, Container.SHORT, 1, rows, vectors, bits);
        DotOperands operands = new DotOperands(unit, rows, 1 + random.nextInt(3),
            1 + random.nextInt(40), shape.columns(), random.nextInt(), true);
        assertThat(operands.layout == null)
            .isEqualTo(unit.instructions().arm() || vectors % 2 != 0);
        if (operands.layout != null) {
          DotKernel kernel = new DotKernel(unit, shape);
          int[] expected = operands.sums();
          assertThat(operands.runOnHeap(kernel, rows)).isEqualTo(expected);
          assertThat(operands.run(kernel, rows, false)).isEqualTo(expected);
          assertThat(operands.run(kernel, rows, true)).isEqualTo(expected);
          assertThat(operands.widened()).isEqualTo(
              PackedWeights.of(operands, new DotLayout(unit.activation()), shape.lanes(), vectors)
                  .array());
        }
      }
    }
  }

  /** A call ends soon, so that a panel of many rows is several calls. */
  @ParameterizedTest
  @MethodSource("units")
  void manyRowsAreSeveralCalls(DotProduct unit) {
    int columns = TileShape.lanes(unit, unit.instructions().bits());
    DotOperands operands = new DotOperands(unit, 30_001, 2, 20, columns, 1);
    int tileRows = TileShape.rows(unit, 1, unit.instructions().bits());
    assertThat(operands.runOnHeap(new DotKernel(unit, unit.shape(1)), tileRows))
        .isEqualTo(operands.sums());
  }

  /** As many products as a large network has, of random words, beside the same on scalars. */
  @ParameterizedTest
  @MethodSource("units")
  void aThousandMillionProducts(DotProduct unit) {
    SplittableRandom random = new SplittableRandom(2);
    int widest = TileShape.maxVectors(unit, unit.instructions().bits());
    DotKernel[] kernels = new DotKernel[widest];
    for (int i = 0; i < widest; i++) {
      kernels[i] = new DotKernel(unit, unit.shape(i + 1));
    }
    long products = 0;
    while (products < PRODUCTS) {
      int vectors = 1 + random.nextInt(widest);
      int columns = vectors * TileShape.lanes(unit, unit.instructions().bits());
      DotOperands operands = new DotOperands(unit, 1 + random.nextInt(60), 1 + random.nextInt(4),
          1 + random.nextInt(300), columns, random.nextInt());
      int tileRows = TileShape.rows(unit, vectors, unit.instructions().bits());
      assertThat(operands.runOnHeap(kernels[vectors - 1], tileRows)).isEqualTo(operands.sums());
      products += operands.products();
    }
  }
}
