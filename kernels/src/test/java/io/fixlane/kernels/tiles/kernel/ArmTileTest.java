package io.fixlane.kernels.tiles.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fixlane.kernels.fixture.Programs;
import io.fixlane.kernels.fixture.Programs.Result;
import io.fixlane.kernels.machine.DotInstructions;
import io.fixlane.kernels.machine.arm.ArmAssembler;
import io.fixlane.kernels.machine.arm.ArmVectorAssembler;
import io.fixlane.kernels.machine.arm.V;
import io.fixlane.kernels.machine.arm.X;
import io.fixlane.kernels.tiles.kernel.DotProduct.Activations;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The code of every tile of AArch64, run by QEMU where there is one, between pages that cannot be
 * read, and held to plain sums by a program in C.
 */
class ArmTileTest {
  private static final String GCC = "aarch64-linux-gnu-gcc";
  private static final String QEMU = "qemu-aarch64";
  private static final int CALLS = 400;

  @TempDir
  private static Path folder;

  @BeforeAll
  static void compile() throws Exception {
    assumeTrue(Programs.installed(GCC, QEMU), GCC + " and " + QEMU + " are not installed");
    Path source = folder.resolve("tile.c");
    try (InputStream text = ArmTileTest.class.getResourceAsStream("tile.c")) {
      Files.copy(text, source);
    }
    assertThat(Programs.run(GCC, "-O2", "-Wall", "-Wextra", "-Werror", "-static", "-o",
        folder.resolve("tile").toString(), source.toString())).isEqualTo(new Result(0, ""));
  }

  /** A tile of a unit. */
  private record Shape(ArmDotProduct unit, int vectors) {
    int rows() {
      return TileShape.rows(unit, vectors, unit.instructions().bits());
    }

    @Override
    public String toString() {
      return unit + ", " + rows() + " rows of " + vectors + " vectors";
    }
  }

  static Stream<Shape> shapes() {
    return Stream.of(DotInstructions.values()).filter(DotInstructions::arm)
        .flatMap(each -> DotProducts.of(each).stream()).map(ArmDotProduct.class::cast)
        .flatMap(unit -> IntStream
            .rangeClosed(1, TileShape.maxVectors(unit, unit.instructions().bits()))
            .mapToObj(vectors -> new Shape(unit, vectors)));
  }

  private static Result run(byte[] code, Shape shape) throws Exception {
    Path file = folder.resolve("code");
    Files.write(file, code);
    boolean signed = shape.unit.activations() == Activations.SIGNED;
    return Programs.run(QEMU, "-cpu", "max", folder.resolve("tile").toString(), file.toString(),
        String.valueOf(shape.rows()), String.valueOf(shape.vectors), signed ? "1" : "0",
        String.valueOf(CALLS));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void sumsAreThoseOfPlainArithmetic(Shape shape) throws Exception {
    Result result = run(shape.unit.code(shape.vectors), shape);
    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).endsWith(" products are right\n");
  }

  /** An instruction in the place of another shows, of whatever kind it is. */
  @Test
  void whatIsWrongIsFound() throws Exception {
    V last = new V(8);
    X sp = X.SP;
    // The last row's activations of the tile of one row.
    assertWrong(vectors -> vectors.sdot(new V(2), new V(0), new V(1), 0),
        vectors -> vectors.sdot(new V(2), new V(0), new V(1), 1), "and not");
    assertWrong(vectors -> vectors.ldp(last, new V(9), sp, 0),
        vectors -> vectors.ldp(new V(9), last, sp, 0), "register 10 of those");
    assertWrong(vectors -> vectors.ldrsPost(new V(1), new X(7)),
        vectors -> vectors.ldrPost(new V(1), new X(7)), "");
  }

  private static void assertWrong(Consumer<ArmVectorAssembler> right,
      Consumer<ArmVectorAssembler> wrong, String message) throws Exception {
    Shape shape = shapes().findFirst().orElseThrow();
    ByteBuffer code =
        ByteBuffer.wrap(shape.unit.code(shape.vectors)).order(ByteOrder.LITTLE_ENDIAN);
    int place = -1;
    for (int i = 0; i < code.capacity(); i += Integer.BYTES) {
      place = code.getInt(i) == instruction(right) ? i : place;
    }
    code.putInt(place, instruction(wrong));
    Result result = run(code.array(), shape);
    assertThat(result.exitCode()).as(result.output()).isNotZero();
    assertThat(result.output()).contains(message);
  }

  private static int instruction(Consumer<ArmVectorAssembler> write) {
    ArmAssembler code = new ArmAssembler();
    write.accept(code.vectors());
    return ByteBuffer.wrap(code.toBytes()).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }
}
