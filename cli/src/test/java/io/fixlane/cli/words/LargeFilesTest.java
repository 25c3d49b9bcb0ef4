package io.fixlane.cli.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.ClassPath;
import io.fixlane.cli.Main;
import io.fixlane.cli.console.Child;
import io.fixlane.tensor.npy.NpyHeader;
import io.fixlane.tensor.npy.NpyReader;
import io.fixlane.tensor.npy.NpyType;
import io.fixlane.tensor.npy.NpyWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that memory does not hold are converted all the same. */
class LargeFilesTest {
  private static final int MEGABYTES = 24;
  private static final int WORDS = MEGABYTES << 17;

  @TempDir
  private Path folder;

  @Test
  void aFileAsLargeAsTheHeap() throws IOException, InterruptedException {
    Path in = folder.resolve("in.npy");
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(in))) {
      NpyWriter writer = new NpyWriter(file, NpyHeader.of(NpyType.INT64, WORDS));
      for (int i = 0; i < WORDS; i++) {
        writer.putBits(i % 1000 - 500);
      }
      writer.finish();
    }
    Path out = folder.resolve("out.npy");
    Process process = new ProcessBuilder(Child.java(), "-Xmx" + MEGABYTES + "m", "-cp",
        ClassPath.ofTests(), Main.class.getName(), "words", in.toString(), "--format",
        "ap_fixed<12,6>", "--to", "ap_fixed<10,6,AP_RND,AP_SAT>", "--out", out.toString())
        .redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    try (NpyReader reader = NpyReader.open(out)) {
      assertThat(reader.header()).isEqualTo(NpyHeader.of(NpyType.INT16, WORDS));
      for (int i = 0; i < WORDS; i++) {
        // Two bits are rounded away, half of their step upwards.
        long expected = Math.floorDiv(i % 1000 - 500 + 2, 4);
        if (reader.nextBits() != expected) {
          throw new AssertionError("word " + i + " is not " + expected);
        }
      }
      assertThat(reader.hasNext()).isFalse();
    }
  }
}
