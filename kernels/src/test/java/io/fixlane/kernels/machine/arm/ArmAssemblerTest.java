package io.fixlane.kernels.machine.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fixlane.kernels.fixture.Programs;
import io.fixlane.kernels.machine.Encoding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every instruction is the bytes that GNU as gives, in the registers and numbers at the ends. */
class ArmAssemblerTest {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String AS = "aarch64-linux-gnu-as";
  private static final String OBJCOPY = "aarch64-linux-gnu-objcopy";
  private static final String JUMPS = """
      behind: b ahead
      b.eq ahead
      b.lt behind
      ahead: b.ne behind
      b.ge behind
      b behind
      """;
  private static final String JUMP_BYTES =
      "03000014" + "40000054" + "CBFFFF54" + "A1FFFF54" + "8AFFFF54" + "FBFFFF17";

  static List<Encoding<ArmAssembler>> all() {
    return ArmEncodings.ALL;
  }

  @ParameterizedTest
  @MethodSource("all")
  void instructions(Encoding<ArmAssembler> encoding) {
    ArmAssembler code = new ArmAssembler();
    encoding.write().accept(code);
    assertThat(HEX.formatHex(code.toBytes())).isEqualTo(encoding.bytes());
  }

  /** Forwards and back; and a label that several jumps lead to. */
  @Test
  void jumpsCountInstructions() {
    ArmAssembler code = new ArmAssembler();
    ArmLabel ahead = new ArmLabel();
    ArmLabel behind = new ArmLabel();
    code.bind(behind);
    code.b(ahead);
    code.beq(ahead);
    code.blt(behind);
    code.bind(ahead);
    code.bne(behind);
    code.bge(behind);
    code.b(behind);
    assertThat(HEX.formatHex(code.toBytes())).isEqualTo(JUMP_BYTES);
  }

  /** The bytes above are those of the assembler that is installed, where one is. */
  @Test
  void gnuAsGivesTheseBytes(@TempDir Path folder) throws Exception {
    assumeTrue(Programs.installed(AS, OBJCOPY), AS + " and " + OBJCOPY + " are not installed");
    Path source = folder.resolve("all.s");
    Path object = folder.resolve("all.o");
    Path bytes = folder.resolve("all.bin");
    Files.writeString(source, ".arch armv8.2-a+dotprod\n" + JUMPS
        + all().stream().map(each -> each.text() + "\n").collect(Collectors.joining()));
    assertThat(Programs.run(AS, source.toString(), "-o", object.toString()))
        .isEqualTo(new Programs.Result(0, ""));
    assertThat(Programs.run(OBJCOPY, "-O", "binary", "-j", ".text", object.toString(),
        bytes.toString())).isEqualTo(new Programs.Result(0, ""));
    assertThat(HEX.formatHex(Files.readAllBytes(bytes))).isEqualTo(JUMP_BYTES
        + all().stream().map(Encoding::bytes).collect(Collectors.joining()));
  }

  @Test
  void whatNoInstructionCanSayIsRefused() {
    ArmAssembler code = new ArmAssembler();
    X x = new X(0);
    V v = new V(0);
    assertThatThrownBy(() -> new X(18)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("number is 18: it must be 0 to 31, and not 18");
    assertThatThrownBy(() -> new V(32)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("number is 32: it must be 0 to 31");
    assertThatThrownBy(() -> code.add(x, x, 4096)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("constant is 4096: an instruction has room for 0 to 4095");
    assertThatThrownBy(() -> code.ldr(x, x, 12)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("offset is 12: it must be a multiple of 8");
    assertThatThrownBy(() -> code.ldr(x, x, -8)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("offset / 8 is -1: an instruction has room for 0 to 4095");
    assertThatThrownBy(() -> code.vectors().stp(v, v, x, 512))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("offset / 8 is 64: an instruction has room for 0 to 63");
    assertThatThrownBy(() -> code.vectors().ldp(v, v, x, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("offset is 4: it must be a multiple of 8");
    assertThatThrownBy(() -> code.vectors().sdot(v, v, v, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lane is 4: an instruction has room for 0 to 3");
  }
}
