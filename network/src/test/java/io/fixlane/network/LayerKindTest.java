package io.fixlane.network;

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
      assertThat(LayerKind.of(kind.code())).isEqualTo(kind);
    }
    assertThat(codes).isEqualTo(table).hasSize(12).containsEntry("globalAveragePool", 12);
  }

  private static String camelCase(String constant) {
    return Pattern.compile("_(.)").matcher(constant.toLowerCase(Locale.ROOT))
        .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
  }

  @Test
  void otherNumbersAreRefused() {
    for (int code : new int[] {0, 13, 255}) {
      assertThatThrownBy(() -> LayerKind.of(code)).isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a layer is of kind " + code + ": there are the kinds 1 to 12");
    }
  }
}
