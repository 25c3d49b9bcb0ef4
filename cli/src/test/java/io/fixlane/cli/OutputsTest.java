package io.fixlane.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command writes can be written, and takes the place of nothing that it needs. */
class OutputsTest {
  private static final List<String> TRAIN =
      List.of("train", "--model", "mlp", "--epochs", "1", "--subset", "64");

  @TempDir
  private Path folder;

  private static Run train(Object... more) {
    List<String> args = new ArrayList<>(TRAIN);
    for (Object arg : more) {
      args.add(arg.toString());
    }
    return Run.of(args.toArray(String[]::new));
  }

  private static void assertRefused(Run run, String message) {
    assertThat(run.err()).isEqualTo("fixlane: " + message + "\n");
    assertThat(run.out()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(2);
  }

  /** 255 bytes are the most that a name may have; ".float" takes six of them. */
  @ParameterizedTest
  @ValueSource(ints = {212, 213, 249})
  void namesOfAnyLegalLength(int length) {
    Path out = folder.resolve("n".repeat(length + 6));
    Path checkpoint = folder.resolve("c".repeat(length));
    Run run = train("--out", out, "--checkpoint", checkpoint);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(out).isNotEmptyFile();
    assertThat(Path.of(checkpoint + ".float")).isNotEmptyFile();
    assertThat(Path.of(checkpoint + ".qfx")).isNotEmptyFile();
    Path page = folder.resolve("p".repeat(length + 6));
    Run report = Run.of("report", "--out", page.toString(), results().toString());
    assertThat(report.exitCode()).as(report.err()).isZero();
    assertThat(page).isNotEmptyFile();
  }

  private static Path results() {
    return Path.of("src/test/resources/io/fixlane/cli/report/results.json");
  }

  @Test
  void namesThatAreTooLongAreRefusedBeforeTraining() {
    Path checkpoint = folder.resolve("c".repeat(250));
    Run run = train("--checkpoint", checkpoint);
    assertThat(run.err()).startsWith("fixlane: --checkpoint is " + checkpoint + ".float: ")
        .hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderInThePlaceOfACheckpointIsFoundBeforeTraining() throws IOException {
    Path qfx = Files.createDirectory(folder.resolve("q.qfx"));
    assertRefused(train("--checkpoint", folder.resolve("q")),
        "--checkpoint is " + qfx + ": it is a folder");
    assertThat(folder.resolve("q.float")).doesNotExist();
  }

  @Test
  void anOutputIsNoOtherOutput() throws IOException {
    Path checkpoint = folder.resolve("q");
    for (String name : new String[] {"q.float", "q.qfx"}) {
      Path out = folder.resolve(name);
      assertRefused(train("--checkpoint", checkpoint, "--out", out),
          "--out is " + out + ": it is the file of --checkpoint too");
    }
    assertThat(folder).isEmptyDirectory();
    requireLinks();
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("q.qfx"));
    assertRefused(train("--checkpoint", checkpoint, "--out", link),
        "--out is " + link + ": it is the file of --checkpoint too");
  }

  private void requireLinks() throws IOException {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"),
        "links need no rights on POSIX systems alone");
  }

  @Test
  void anOutputIsNoInput() throws IOException {
    Path csv = Files.writeString(folder.resolve("images.csv"), "0,0,0,0,0\n1,1,1,1,1\n");
    String lines = Files.readString(csv);
    assertRefused(Run.of("train", "--data", csv.toString(), "--out", csv.toString()),
        "--out is " + csv + ": it is the file of --data too");
    assertRefused(Run.of("train", "--data", csv.toString(), "--test-data",
        folder.resolve("b").toString(), "--out", folder.resolve("b").toString()),
        "--out is " + folder.resolve("b") + ": it is the file of --test-data too");
    Path dots = folder.resolve(".").resolve("images.csv");
    assertRefused(Run.of("report", "--out", dots.toString(), csv.toString()),
        "--out is " + dots + ": it is the file of JSON too");
    assertRefused(Run.of("conform", "--json", csv.toString(), csv.toString()),
        "--json is " + csv + ": it is the file of FILE too");
    assertThat(csv).hasContent(lines);
  }

  /** A curve that cannot be written leaves all others unwritten. */
  @Test
  void curvesAreWrittenAllOrNone() throws IOException {
    Path page = Files.createDirectory(folder.resolve("index.html"));
    assertRefused(Run.of("modes", "--svg", folder.toString()),
        "cannot write " + page + ": it is a folder");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(page);
    }
  }
}
