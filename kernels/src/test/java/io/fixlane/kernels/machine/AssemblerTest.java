package io.fixlane.kernels.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fixlane.kernels.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every instruction is the bytes that GNU as gives, in the registers and addresses at the ends. */
class AssemblerTest {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  static List<Encoding<Assembler>> general() {
    return GeneralEncodings.ALL;
  }

  static List<Encoding<VectorAssembler>> vectors() {
    return Stream.of(VectorEncodings.ALL, CastEncodings.ALL, NeighbourEncodings.ALL,
        WideEncodings.ALL)
        .flatMap(List::stream).toList();
  }

  static List<Encoding<AmxAssembler>> matrices() {
    return AmxEncodings.ALL;
  }

  @ParameterizedTest
  @MethodSource("matrices")
  void instructionsOfMatrices(Encoding<AmxAssembler> encoding) {
    Assembler code = new Assembler();
    encoding.write().accept(code.matrices());
    assertThat(HEX.formatHex(code.toBytes())).isEqualTo(encoding.bytes());
  }

  @ParameterizedTest
  @MethodSource("general")
  void generalInstructions(Encoding<Assembler> encoding) {
    Assembler code = new Assembler();
    encoding.write().accept(code);
    assertThat(HEX.formatHex(code.toBytes())).isEqualTo(encoding.bytes());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void vectorInstructions(Encoding<VectorAssembler> encoding) {
    Assembler code = new Assembler();
    encoding.write().accept(code.vectors());
    assertThat(HEX.formatHex(code.toBytes())).isEqualTo(encoding.bytes());
  }

  /** jmp, jne and je, forwards and back; and a label that several jumps lead to. */
  @Test
  void jumpsCountFromTheirEnds() {
    Assembler code = new Assembler();
    Label ahead = new Label();
    Label behind = new Label();
    code.jmp(ahead);
    code.bind(behind);
    code.je(ahead);
    code.ret();
    code.bind(ahead);
    code.jne(behind);
    assertThat(HEX.formatHex(code.toBytes()))
        .isEqualTo("E907000000" + "0F8401000000" + "C3" + "0F85F3FFFFFF");
  }

  /** The bytes above are those of the assembler that is installed, where one is. */
  @Test
  void gnuAsGivesTheseBytes(@TempDir Path folder) throws Exception {
    assumeTrue(Programs.installed("as", "objcopy") && System.getProperty("os.arch").equals("amd64"),
        "as and objcopy of x86-64 are not installed");
    Path source = folder.resolve("all.s");
    Path object = folder.resolve("all.o");
    Path bytes = folder.resolve("all.bin");
    Files.writeString(source, Stream.of(general(), vectors(), matrices()).flatMap(List::stream)
        .map(Encoding::text).collect(Collectors.joining("\n", ".intel_syntax noprefix\n", "\n")));
    run("as", "--64", source.toString(), "-o", object.toString());
    run("objcopy", "-O", "binary", "-j", ".text", object.toString(), bytes.toString());
    assertThat(HEX.formatHex(Files.readAllBytes(bytes)))
        .isEqualTo(Stream.of(general(), vectors(), matrices()).flatMap(List::stream)
            .map(Encoding::bytes).collect(Collectors.joining()));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Programs.Result result = Programs.run(command);
    assertThat(result.exitCode()).as(result.output()).isZero();
  }

  @Test
  void whatNoInstructionCanSayIsRefused() {
    assertThatThrownBy(() -> Register.RAX.at(Register.RSP, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("index is RSP: an address has any other register there");
    assertThatThrownBy(() -> Register.RAX.at(Register.RBX, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scale is 3: it must be 1, 2, 4 or 8");
    assertThatThrownBy(() -> new Vector(16, 256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("number is 16: of vectors of 256 bits there are 16");
    assertThatThrownBy(() -> new Vector(0, 64))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bits is 64: it must be 128, 256 or 512");
    VectorAssembler code = new Assembler().vectors();
    assertThatThrownBy(() -> code.vpaddd(
        new Vector(0, 256), new Vector(1, 256), new Vector(2, 512)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("they must be of one size");
    assertThatThrownBy(() -> new Assembler().matrices().tilezero(8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("number is 8: there are 8 registers of matrices");
  }
}
