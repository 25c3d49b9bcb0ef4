package io.fixlane.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What is too large for the memory is known before it is allocated. */
class MemoryTest {
  @Test
  void saysTheNeed() throws Memory.ShortOfMemoryException {
    Memory.require("a page", 4096);
    assertThatThrownBy(() -> Memory.require("the file", Long.MAX_VALUE))
        .isInstanceOf(Memory.ShortOfMemoryException.class)
        .message().matches("the file would need 9\\.2 EB of memory, and [0-9.]+ .B are free");
  }

  /** Each array takes most of the memory: the one before must count as free again. */
  @Test
  void garbageIsFree() throws Memory.ShortOfMemoryException {
    int most = (int) Math.min(Runtime.getRuntime().maxMemory() / 10, 1 << 28);
    for (int i = 0; i < 12; i++) {
      Memory.require("an array", most);
      assertThat(new byte[most]).hasSize(most);
    }
  }

  @Test
  void sizesAreRead() {
    assertThat(Memory.text(0)).isEqualTo("0 bytes");
    assertThat(Memory.text(999)).isEqualTo("999 bytes");
    assertThat(Memory.text(1000)).isEqualTo("1.0 KB");
    assertThat(Memory.text(999_950)).isEqualTo("1.0 MB");
    assertThat(Memory.text(4_000_000_000L)).isEqualTo("4.0 GB");
    assertThat(Memory.text(Long.MAX_VALUE)).isEqualTo("9.2 EB");
  }
}
