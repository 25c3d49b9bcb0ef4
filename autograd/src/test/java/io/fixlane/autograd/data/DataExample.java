package io.fixlane.autograd.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples in the documentation of {@link Dataset} and {@link CsvImages}. */
class DataExample {
  @Test
  void batches() {
    // @start region="batches"
    DataSplit digits = Digits.readSplit();
    Batches batches = Batches.shuffled(digits.train(), 64, 1, 0);
    Batch last = batches.get(batches.count() - 1);

    assertThat(digits.train()).hasToString("digits train: 1438 images 8x8x1, 10 classes");
    assertThat(batches.count()).isEqualTo(23);
    assertThat(last.images().shape()).containsExactly(1438 - 22 * 64, 8, 8, 1);
    // @end
  }

  @Test
  void csv(@TempDir Path folder) throws IOException {
    // @start region="csv"
    Path file = folder.resolve("signs.csv");
    Files.writeString(file, "0,255,51,0,1\n255,0,0,102,0\n");
    Dataset signs = new CsvImages(2, 2, 1, 255, 2, CsvImages.Label.LAST).read("signs", file);

    assertThat(signs.images()).containsExactly(0, 1, 0.2f, 0, 1, 0, 0, 0.4f);
    assertThat(signs.label(0)).isEqualTo(1);
    // @end
  }
}
