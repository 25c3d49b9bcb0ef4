package io.fixlane.kernels.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which instructions are chosen, by what is asked and what there is. */
class MachineCodeTest {
  private static final Processor ALL = new Processor(true, true, true, true);
  private static final Processor OLD = new Processor(true, false, false, false);
  private static final Processor CLIENT = new Processor(true, false, false, true);
  private static final Processor SERVER = new Processor(true, true, false, false);
  private static final Processor NONE = new Processor(false, false, false, false);

  private static @Nullable DotInstructions choose(@Nullable String asked, Processor processor) {
    return MachineCode.choose(asked, new MachineCode.Host(true, "amd64", () -> processor));
  }

  @Test
  void theBestIsTaken() {
    assertThat(choose(null, ALL)).isEqualTo(DotInstructions.AVX512_VNNI);
    assertThat(choose(null, CLIENT)).isEqualTo(DotInstructions.AVX_VNNI);
    assertThat(choose(null, SERVER)).isEqualTo(DotInstructions.AVX512);
    assertThat(choose(null, OLD)).isEqualTo(DotInstructions.AVX2);
    assertThat(choose(null, NONE)).isNull();
  }

  @Test
  void othersAreTakenWhereTheyAreAskedFor() {
    assertThat(choose("off", ALL)).isNull();
    assertThat(choose("avx2", ALL)).isEqualTo(DotInstructions.AVX2);
    assertThat(choose("avx512", ALL)).isEqualTo(DotInstructions.AVX512);
    assertThat(choose("vnni", ALL)).isEqualTo(DotInstructions.AVX512_VNNI);
    assertThat(choose("vnni", CLIENT)).isEqualTo(DotInstructions.AVX_VNNI);
  }

  @Test
  void whatIsAskedForAndIsNotThereIsAnError() {
    assertThatThrownBy(() -> choose("vnni", SERVER)).isInstanceOf(IllegalStateException.class)
        .hasMessage("fixlane.machineCode is vnni, and machine code cannot be used: the processor "
            + "has no vnni");
    assertThatThrownBy(() -> choose("avx512", OLD)).isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("the processor has no avx512");
    assertThatThrownBy(() -> choose("sse", ALL)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fixlane.machineCode is 'sse': it must be off, avx2, avx512 or vnni");
    assertThatThrownBy(() -> MachineCode.choose("avx2",
        new MachineCode.Host(false, "amd64", () -> ALL))).isInstanceOf(IllegalStateException.class)
        .hasMessage("fixlane.machineCode is avx2, and machine code cannot be used: it needs the JVM"
            + " option --enable-native-access=io.fixlane.kernels");
  }

  /** No processor is asked where the JVM does not allow it, or there is none to ask. */
  @Test
  void nothingIsCalledThatIsNotAllowed() {
    MachineCode.Host denied = new MachineCode.Host(false, "amd64", () -> {
      throw new AssertionError("asked");
    });
    assertThat(MachineCode.choose(null, denied)).isNull();
    assertThat(MachineCode.choose("off", denied)).isNull();
    assertThat(MachineCode.choose(null, new MachineCode.Host(true, "aarch64", () -> {
      throw new AssertionError("asked");
    }))).isNull();
    assertThat(MachineCode.choose(null, new MachineCode.Host(true, "x86_64", () -> {
      throw new IllegalStateException("mmap failed, errno 12");
    }))).isNull();
  }
}
