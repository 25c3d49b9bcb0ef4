package io.fixlane.kernels.machine;

import static io.fixlane.kernels.machine.DotInstructions.AMX;
import static io.fixlane.kernels.machine.DotInstructions.AVX2;
import static io.fixlane.kernels.machine.DotInstructions.AVX512;
import static io.fixlane.kernels.machine.DotInstructions.AVX512_VNNI;
import static io.fixlane.kernels.machine.DotInstructions.AVX_VNNI;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a processor of x86-64 says of itself, bit by bit. */
class X86FeaturesTest {
  private static final int OSXSAVE_AND_AVX = 3 << 27;
  private static final int AVX2_BIT = 1 << 5;
  private static final int AVX512F_AND_BW = 1 << 16 | 1 << 30;
  private static final int VNNI = 1 << 11;
  private static final int AVX_VNNI_BIT = 1 << 4;
  private static final int AMX_TILE_AND_INT8 = 1 << 24 | 1 << 25;
  private static final int ALL_SAVED = 0x6_00E7;

  private static Set<DotInstructions> of(int highest, int basic, int[] more, int deeper,
      int saved) {
    return X86Features.of((leaf, subleaf) -> switch (leaf) {
      case 0 -> new int[] {highest, 0, 0, 0};
      case 1 -> new int[] {0, 0, basic, 0};
      case 7 -> subleaf == 0 ? more : new int[] {deeper, 0, 0, 0};
      default -> throw new AssertionError("leaf " + leaf);
    }, () -> saved);
  }

  @Test
  void bitsSayWhatThereIs() {
    int[] all = {1, AVX2_BIT | AVX512F_AND_BW, VNNI, 0};
    assertThat(of(7, OSXSAVE_AND_AVX, all, AVX_VNNI_BIT, ALL_SAVED))
        .isEqualTo(Set.of(AVX2, AVX512, AVX512_VNNI, AVX_VNNI));
    assertThat(of(7, OSXSAVE_AND_AVX, new int[] {1, AVX2_BIT, 0, 0}, AVX_VNNI_BIT, ALL_SAVED))
        .isEqualTo(Set.of(AVX2, AVX_VNNI));
    assertThat(of(7, OSXSAVE_AND_AVX, new int[] {0, AVX2_BIT | AVX512F_AND_BW, 0, 0}, AVX_VNNI_BIT,
        ALL_SAVED)).isEqualTo(Set.of(AVX2, AVX512));
    assertThat(of(7, OSXSAVE_AND_AVX, new int[] {0, AVX2_BIT | 1 << 16, VNNI, 0}, 0, ALL_SAVED))
        .isEqualTo(Set.of(AVX2));
  }

  /** Matrices are multiplied where the processor can, and their registers are saved. */
  @Test
  void matricesNeedAllOfIt() {
    int[] all = {1, AVX2_BIT | AVX512F_AND_BW, VNNI, AMX_TILE_AND_INT8};
    Set<DotInstructions> without = Set.of(AVX2, AVX512, AVX512_VNNI, AVX_VNNI);
    assertThat(of(7, OSXSAVE_AND_AVX, all, AVX_VNNI_BIT, ALL_SAVED))
        .isEqualTo(Set.of(AVX2, AVX512, AVX512_VNNI, AVX_VNNI, AMX));
    assertThat(of(7, OSXSAVE_AND_AVX, all, AVX_VNNI_BIT, 0xE7)).isEqualTo(without);
    assertThat(of(7, OSXSAVE_AND_AVX, all, AVX_VNNI_BIT, 0x2_00E7)).isEqualTo(without);
    int[] ofFloats = {1, AVX2_BIT | AVX512F_AND_BW, VNNI, 1 << 22 | 1 << 24};
    assertThat(of(7, OSXSAVE_AND_AVX, ofFloats, AVX_VNNI_BIT, ALL_SAVED)).isEqualTo(without);
  }

  /** A system that does not save registers cannot use them. */
  @Test
  void registersMustBeSaved() {
    int[] all = {1, AVX2_BIT | AVX512F_AND_BW, VNNI, 0};
    assertThat(of(7, OSXSAVE_AND_AVX, all, AVX_VNNI_BIT, 0x7))
        .isEqualTo(Set.of(AVX2, AVX_VNNI));
    assertThat(of(7, OSXSAVE_AND_AVX, all, AVX_VNNI_BIT, 0x67))
        .isEqualTo(Set.of(AVX2, AVX_VNNI));
    Set<DotInstructions> none = Set.of();
    assertThat(of(7, OSXSAVE_AND_AVX, all, AVX_VNNI_BIT, 0x3)).isEqualTo(none);
    assertThat(of(7, 1 << 28, all, AVX_VNNI_BIT, ALL_SAVED)).isEqualTo(none);
    assertThat(of(7, 1 << 27, all, AVX_VNNI_BIT, ALL_SAVED)).isEqualTo(none);
    assertThat(of(6, OSXSAVE_AND_AVX, all, AVX_VNNI_BIT, ALL_SAVED)).isEqualTo(none);
  }
}
