package io.fixlane.kernels.tiles.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fixlane.kernels.fixture.OneWidth;
import io.fixlane.kernels.fixture.Programs;
import io.fixlane.kernels.fixture.Programs.Result;
import io.fixlane.kernels.machine.arm.ArmAssembler;
import io.fixlane.kernels.machine.arm.ArmVectorAssembler;
import io.fixlane.kernels.machine.arm.V;
import io.fixlane.kernels.machine.arm.X;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The code of every tile of AArch64, run by QEMU where there is one, between pages that cannot be
 * read, and held to plain sums by a program in C.
 */
@OneWidth
class ArmTileTest {
  private static final String GCC = "aarch64-linux-gnu-gcc";
  private static final String QEMU = "qemu-aarch64";
  private static final int CALLS = 400;
  private static final ArmDotProduct UNIT = new ArmDotProduct();

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

  static IntStream vectors() {
    return IntStream.rangeClosed(1, TileShape.maxVectors(UNIT, UNIT.instructions().bits()));
  }

  private static Result run(byte[] code, int vectors) throws Exception {
    Path file = folder.resolve("code");
    Files.write(file, code);
    int rows = TileShape.rows(UNIT, vectors, UNIT.instructions().bits());
    return Programs.run(QEMU, "-cpu", "max", folder.resolve("tile").toString(), file.toString(),
        String.valueOf(rows), String.valueOf(vectors), String.valueOf(CALLS));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void sumsAreThoseOfPlainArithmetic(int vectors) throws Exception {
    Result result = run(UNIT.code(UNIT.shape(vectors)), vectors);
    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).endsWith(" products are right\n");
  }

  /** An instruction in the place of another shows: in sums, in registers, or as a read beyond. */
  @Test
  void whatIsWrongIsFound() throws Exception {
    V first = new V(0);
    V second = new V(1);
    V sums = new V(2);
    V kept = new V(8);
    V other = new V(9);
    assertWrong(code -> code.sdot(sums, first, second, 0),
        code -> code.sdot(sums, first, second, 1), "and not");
    assertWrong(code -> code.ldp(kept, other, X.SP, 0),
        code -> code.ldp(other, kept, X.SP, 0), "register 10 of those");
    assertWrong(code -> code.ldrsPost(second, new X(7)),
        code -> code.ldrPost(second, new X(7)), "");
  }

  private static void assertWrong(Consumer<ArmVectorAssembler> right,
      Consumer<ArmVectorAssembler> wrong, String message) throws Exception {
    ByteBuffer code = ByteBuffer.wrap(UNIT.code(UNIT.shape(1))).order(ByteOrder.LITTLE_ENDIAN);
    int place = -1;
    for (int i = 0; i < code.capacity(); i += Integer.BYTES) {
      place = code.getInt(i) == instruction(right) ? i : place;
    }
    code.putInt(place, instruction(wrong));
    Result result = run(code.array(), 1);
    assertThat(result.exitCode()).as(result.output()).isNotZero();
    assertThat(result.output()).contains(message);
  }

  private static int instruction(Consumer<ArmVectorAssembler> write) {
    ArmAssembler code = new ArmAssembler();
    write.accept(code.vectors());
    return ByteBuffer.wrap(code.toBytes()).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }
}
