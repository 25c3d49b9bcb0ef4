package io.fixlane.network.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The numbers of layers in files are those that the documentation tells, and never others. */
class LayerKindTest {
  private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| `(\\w+)` \\|.*");

  @Test
  void numbersAreThoseOfTheTable() throws IOException {
    Map<String, Integer> table = new LinkedHashMap<>();
    Files.readAllLines(Path.of("..", "docs", "network-file.md")).stream().map(ROW::matcher)
        .filter(row -> row.matches())
        .forEach(row -> table.put(row.group(2), Integer.valueOf(row.group(1))));
    Map<String, Integer> codes = new LinkedHashMap<>();
    for (LayerKind kind : LayerKind.values()) {
      codes.put(camelCase(kind.name()), kind.code());
      assertThat(LayerKind.of(kind.code(), 2)).isEqualTo(kind);
    }
    assertThat(codes).isEqualTo(table).hasSize(18).containsEntry("globalAveragePool", 12);
  }

  private static String camelCase(String constant) {
    return Pattern.compile("_(.)").matcher(constant.toLowerCase(Locale.ROOT))
        .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
  }

  @Test
  void otherNumbersAreRefused() {
    for (int code : new int[] {0, 19, 255}) {
      assertRefused(code, 2, 18);
    }
    assertRefused(13, 1, 12);
  }

  private static void assertRefused(int code, int version, int last) {
    assertThatThrownBy(() -> LayerKind.of(code, version))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a layer is of kind " + code + ": there are the kinds 1 to " + last);
  }
}
