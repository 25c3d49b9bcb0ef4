package io.fixlane.cli.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files in a folder, and what {@code fixlane words} makes of them. */
final class WordsFixture {
  private final Path folder;

  WordsFixture(Path folder) {
    this.folder = folder;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  Path write(String name, String text) throws IOException {
    return Files.writeString(path(name), text, StandardCharsets.ISO_8859_1);
  }

  Run run(String name, String format, String... more) {
    List<String> line =
        new ArrayList<>(List.of("words", path(name).toString(), "--format", format));
    line.addAll(List.of(more));
    return Run.of(line.toArray(String[]::new));
  }

  /** Returns the raw words of a file, as a text of a word a line between blanks. */
  String raw(String name, String format, String... more) throws IOException {
    Path out = path("raw-of-it.txt");
    List<String> options =
        new ArrayList<>(List.of("--out", out.toString(), "--numbers-out", "raw", "--force"));
    options.addAll(List.of(more));
    Run run = run(name, format, options.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return Files.readString(out).replace('\n', ' ').strip();
  }

  void assertRefused(String name, String format, String reason, String... more) {
    Run run = run(name, format, more);
    assertThat(run.err()).isEqualTo("fixlane: " + reason + "\n");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }
}
