package io.fixlane.kernels.machine;

import static io.fixlane.kernels.machine.DotInstructions.AMX;
import static io.fixlane.kernels.machine.DotInstructions.AVX2;
import static io.fixlane.kernels.machine.DotInstructions.AVX512;
import static io.fixlane.kernels.machine.DotInstructions.AVX512_VNNI;
import static io.fixlane.kernels.machine.DotInstructions.AVX_VNNI;
import static io.fixlane.kernels.machine.DotInstructions.DOTPROD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which instructions are chosen, by what is asked and what there is. */
class MachineCodeTest {
  private static final Processor ALL = has(AVX2, AVX512, AVX512_VNNI, AVX_VNNI);
  private static final Processor LARGE = has(AVX2, AVX512, AVX512_VNNI, AVX_VNNI, AMX);
  private static final Processor OLD = has(AVX2);
  private static final Processor CLIENT = has(AVX2, AVX_VNNI);
  private static final Processor SERVER = has(AVX2, AVX512);
  private static final Processor NONE = has();

  private static Processor has(DotInstructions... instructions) {
    return new Processor(Set.of(instructions));
  }

  private static @Nullable DotInstructions choose(@Nullable String asked, Processor processor) {
    return choose(asked, "amd64", OperatingSystem.OTHER, processor);
  }

  private static @Nullable DotInstructions choose(@Nullable String asked, String architecture,
      OperatingSystem system, Processor processor) {
    return MachineCode.choose(
        asked, new MachineCode.Host(true, architecture, system, () -> processor));
  }

  @Test
  void theBestIsTaken() {
    assertThat(choose(null, LARGE)).isEqualTo(AMX);
    assertThat(choose(null, ALL)).isEqualTo(AVX512_VNNI);
    assertThat(choose(null, CLIENT)).isEqualTo(AVX_VNNI);
    assertThat(choose(null, SERVER)).isEqualTo(AVX512);
    assertThat(choose(null, OLD)).isEqualTo(AVX2);
    assertThat(choose(null, NONE)).isNull();
  }

  @Test
  void othersAreTakenWhereTheyAreAskedFor() {
    assertThat(choose("off", ALL)).isNull();
    assertThat(choose("avx2", ALL)).isEqualTo(AVX2);
    assertThat(choose("avx512", ALL)).isEqualTo(AVX512);
    assertThat(choose("vnni", ALL)).isEqualTo(AVX512_VNNI);
    assertThat(choose("vnni", CLIENT)).isEqualTo(AVX_VNNI);
    assertThat(choose("vnni", LARGE)).isEqualTo(AVX512_VNNI);
    assertThat(choose("amx", LARGE)).isEqualTo(AMX);
  }

  @Test
  void whatIsAskedForAndIsNotThereIsAnError() {
    assertThatThrownBy(() -> choose("vnni", SERVER)).isInstanceOf(IllegalStateException.class)
        .hasMessage("fixlane.machineCode is vnni, and machine code cannot be used: the processor "
            + "has no vnni");
    assertThatThrownBy(() -> choose("avx512", OLD)).isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("the processor has no avx512");
    assertThatThrownBy(() -> choose("amx", ALL)).isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith(
            "the processor has no amx, or the system does not save its registers");
    assertThatThrownBy(() -> choose("sse", ALL)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fixlane.machineCode is 'sse': it must be off, avx2, avx512, vnni, amx or "
            + "dotprod");
    assertThatThrownBy(() -> MachineCode.choose("avx2",
        new MachineCode.Host(false, "amd64", OperatingSystem.OTHER, () -> ALL)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("fixlane.machineCode is avx2, and machine code cannot be used: it needs the JVM"
            + " option --enable-native-access=io.fixlane.kernels");
  }

  /** No processor is asked where the JVM does not allow it, or there is none to ask. */
  @Test
  void nothingIsCalledThatIsNotAllowed() {
    MachineCode.Host denied = new MachineCode.Host(
        false, "amd64", OperatingSystem.OTHER, MachineCodeTest::nobody);
    assertThat(MachineCode.choose(null, denied)).isNull();
    assertThat(MachineCode.choose("off", denied)).isNull();
    assertThat(MachineCode.choose(null, new MachineCode.Host(
        true, "riscv64", OperatingSystem.OTHER, MachineCodeTest::nobody))).isNull();
    assertThat(MachineCode.choose(null, new MachineCode.Host(
        true, "x86_64", OperatingSystem.OTHER, () -> {
          throw new IllegalStateException("mmap failed, errno 12");
        }))).isNull();
  }

  private static Processor nobody() {
    throw new AssertionError("asked");
  }

  @Test
  void armHasInstructionsOfItsOwn() {
    Processor arm = has(DOTPROD);
    OperatingSystem linux = OperatingSystem.OTHER;
    assertThat(choose(null, "aarch64", linux, arm)).isEqualTo(DOTPROD);
    assertThat(choose(null, "aarch64", linux, NONE)).isNull();
    assertThat(choose("dotprod", "aarch64", linux, arm)).isEqualTo(DOTPROD);
    assertThatThrownBy(() -> choose("dotprod", ALL)).isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("the processor has no dotprod");
    assertThatThrownBy(() -> choose("avx2", "aarch64", linux, arm))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("the processor has no avx2");
  }

  /** Where nobody has seen it work it runs for those who ask. */
  @Test
  void onArmOnlyLinuxHasItUnasked() {
    for (OperatingSystem system : List.of(OperatingSystem.MAC, OperatingSystem.WINDOWS)) {
      assertThat(MachineCode.choose(null,
          new MachineCode.Host(true, "aarch64", system, MachineCodeTest::nobody))).isNull();
      assertThat(choose("dotprod", "aarch64", system, has(DOTPROD))).isEqualTo(DOTPROD);
      assertThat(choose(null, "amd64", system, OLD)).isEqualTo(AVX2);
    }
  }

  @Test
  void systemsGoByTheirNames() {
    assertThat(OperatingSystem.of("Windows 11")).isEqualTo(OperatingSystem.WINDOWS);
    assertThat(OperatingSystem.of("Mac OS X")).isEqualTo(OperatingSystem.MAC);
    assertThat(OperatingSystem.of("Linux")).isEqualTo(OperatingSystem.OTHER);
  }
}
