package io.fixlane.kernels.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.kernels.fixture.NativeAccess;
import io.fixlane.kernels.machine.arm.ArmAssembler;
import io.fixlane.kernels.machine.arm.X;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** Code is run from memory that is not writable, and given back. */
@ExtendWith(NativeAccess.class)
class CodeMemoryTest {
  private static final Path MAPS = Path.of("/proc/self/maps");
  private static final Map<DotInstructions, String> FLAGS = Map.of(
      DotInstructions.AVX2, "avx2", DotInstructions.AVX512, "avx512bw",
      DotInstructions.AVX512_VNNI, "avx512_vnni", DotInstructions.AVX_VNNI, "avx_vnni",
      DotInstructions.DOTPROD, "asimddp", DotInstructions.AMX, "amx_int8");

  /** Returns code that sets c[0] to a[0] + b[0]. */
  private static byte[] addition() {
    return Processor.arm(System.getProperty("os.arch")) ? armAddition() : x86Addition();
  }

  private static byte[] armAddition() {
    ArmAssembler code = new ArmAssembler();
    X a = new X(0);
    X b = new X(1);
    code.ldr(a, a, 0);
    code.ldr(b, b, 0);
    code.add(a, a, b, 0);
    code.str(a, new X(2), 0);
    code.ret();
    return code.toBytes();
  }

  private static byte[] x86Addition() {
    Assembler code = new Assembler();
    Abi.own().enter(code, 0);
    List<Register> arguments = Abi.ARGUMENTS;
    code.mov(Register.RAX, arguments.get(0).at());
    code.add(Register.RAX, arguments.get(1).at());
    code.mov(arguments.get(2).at(), Register.RAX);
    Abi.own().leave(code, 0);
    return code.toBytes();
  }

  private static long add(MemorySegment code, long left, long right) {
    long[] sum = {0};
    MemorySegment a = MemorySegment.ofArray(new long[] {left});
    MemorySegment b = MemorySegment.ofArray(new long[] {right});
    MemorySegment c = MemorySegment.ofArray(sum);
    MachineCall.call(code, a, b, c, c, c, c, c);
    return sum[0];
  }

  @Test
  void codeIsCalled() {
    MemorySegment code = CodeMemory.of(addition());
    assertThat(add(code, 40, 2)).isEqualTo(42);
    assertThat(add(code, Long.MAX_VALUE, 1)).isEqualTo(Long.MIN_VALUE);
    assertThat(code.isReadOnly()).isTrue();
  }

  /** Where mprotect is refused, the pages are a file in memory. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileInMemoryDoesToo() throws IOException {
    PosixPages pages = new PosixPages();
    MemorySegment code = pages.mapFile(addition());
    new InstructionCache().synchronize(code);
    assertThat(add(code, 1, -3)).isEqualTo(-2);
    assertThat(permissions(code)).isEqualTo("r-xs");
    pages.unmap(code);
    assertThat(permissions(code)).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void pagesAreNeverWritableAndExecutable() throws IOException {
    assertThat(permissions(CodeMemory.of(addition()))).isEqualTo("r-xp");
    try (var lines = Files.lines(MAPS)) {
      assertThat(lines.map(line -> line.split(" ")[1])).noneMatch("rwxs"::equals);
    }
  }

  private static String permissions(MemorySegment code) throws IOException {
    try (var lines = Files.lines(MAPS)) {
      return lines.filter(line -> {
        String[] range = line.split(" ")[0].split("-");
        long address = code.address();
        return Long.parseUnsignedLong(range[0], 16) <= address
            && address < Long.parseUnsignedLong(range[1], 16);
      }).map(line -> line.split(" ")[1]).findFirst().orElse("");
    }
  }

  /** What nothing reaches is unmapped. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void whatIsNotUsedIsReleased() throws Exception {
    PosixPages pages = new PosixPages();
    int[] mapped = {0};
    CodeMemory.Pages counting = new CodeMemory.Pages() {
      @Override
      public MemorySegment map(byte[] code) {
        mapped[0]++;
        return pages.map(code);
      }

      @Override
      public void unmap(MemorySegment segment) {
        pages.unmap(segment);
        synchronized (mapped) {
          mapped[0]--;
          mapped.notifyAll();
        }
      }
    };
    byte[] code = addition();
    for (int i = 0; i < 100; i++) {
      assertThat(add(CodeMemory.of(code, counting), i, 1)).isEqualTo(i + 1);
    }
    long end = System.nanoTime() + 20_000_000_000L;
    synchronized (mapped) {
      while (mapped[0] > 0 && System.nanoTime() < end) {
        System.gc();
        mapped.wait(100);
      }
      assertThat(mapped[0]).isZero();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aRefusalSaysWhatFailed() {
    byte[] none = {};
    // Linux maps no page of no bytes: EINVAL.
    assertThatThrownBy(() -> CodeMemory.of(none)).isInstanceOf(IllegalStateException.class)
        .hasMessage("mmap failed, errno 22");
  }

  @Test
  void theProcessorAnswers() {
    Processor processor = Processor.own();
    assertThat(processor.instructions())
        .allMatch(each -> each.arm() == Processor.arm(System.getProperty("os.arch")));
    assertThat(processor).isEqualTo(Processor.own());
  }

  /** What Linux says that the processor has. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void theProcessorIsWhatTheSystemSays() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      List<String> flags = lines.filter(line -> line.matches("(flags|Features)\\s.*")).findFirst()
          .map(line -> List.of(line.split(" "))).orElseThrow();
      assertThat(Processor.own().instructions()).isEqualTo(Stream.of(DotInstructions.values())
          .filter(each -> flags.contains(FLAGS.get(each)))
          .filter(each -> each != DotInstructions.AMX || AmxPermission.granted())
          .collect(Collectors.toSet()));
    }
  }
}
