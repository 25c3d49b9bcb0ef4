package io.fixlane.kernels.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a processor says of itself, bit by bit. */
class ProcessorTest {
  private static final int OSXSAVE_AND_AVX = 3 << 27;
  private static final int AVX2 = 1 << 5;
  private static final int AVX512F_AND_BW = 1 << 16 | 1 << 30;
  private static final int VNNI = 1 << 11;
  private static final int AVX_VNNI = 1 << 4;
  private static final int ALL_SAVED = 0xE7;

  private static Processor of(int highest, int basic, int[] more, int deeper, int saved) {
    return Processor.of((leaf, subleaf) -> switch (leaf) {
      case 0 -> new int[] {highest, 0, 0, 0};
      case 1 -> new int[] {0, 0, basic, 0};
      case 7 -> subleaf == 0 ? more : new int[] {deeper, 0, 0, 0};
      default -> throw new AssertionError("leaf " + leaf);
    }, () -> saved);
  }

  @Test
  void bitsSayWhatThereIs() {
    int[] all = {1, AVX2 | AVX512F_AND_BW, VNNI, 0};
    assertThat(of(7, OSXSAVE_AND_AVX, all, AVX_VNNI, ALL_SAVED))
        .isEqualTo(new Processor(true, true, true, true));
    assertThat(of(7, OSXSAVE_AND_AVX, new int[] {1, AVX2, 0, 0}, AVX_VNNI, ALL_SAVED))
        .isEqualTo(new Processor(true, false, false, true));
    assertThat(of(7, OSXSAVE_AND_AVX, new int[] {0, AVX2 | AVX512F_AND_BW, 0, 0}, AVX_VNNI,
        ALL_SAVED)).isEqualTo(new Processor(true, true, false, false));
    assertThat(of(7, OSXSAVE_AND_AVX, new int[] {0, AVX2 | 1 << 16, VNNI, 0}, 0, ALL_SAVED))
        .isEqualTo(new Processor(true, false, false, false));
  }

  /** A system that does not save registers cannot use them. */
  @Test
  void registersMustBeSaved() {
    int[] all = {1, AVX2 | AVX512F_AND_BW, VNNI, 0};
    assertThat(of(7, OSXSAVE_AND_AVX, all, AVX_VNNI, 0x7))
        .isEqualTo(new Processor(true, false, false, true));
    assertThat(of(7, OSXSAVE_AND_AVX, all, AVX_VNNI, 0x67))
        .isEqualTo(new Processor(true, false, false, true));
    Processor none = new Processor(false, false, false, false);
    assertThat(of(7, OSXSAVE_AND_AVX, all, AVX_VNNI, 0x3)).isEqualTo(none);
    assertThat(of(7, 1 << 28, all, AVX_VNNI, ALL_SAVED)).isEqualTo(none);
    assertThat(of(7, 1 << 27, all, AVX_VNNI, ALL_SAVED)).isEqualTo(none);
    assertThat(of(6, OSXSAVE_AND_AVX, all, AVX_VNNI, ALL_SAVED)).isEqualTo(none);
  }
}
