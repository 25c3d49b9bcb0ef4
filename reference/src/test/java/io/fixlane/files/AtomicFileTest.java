package io.fixlane.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are there whole, or not at all, and nothing else is. */
class AtomicFileTest {
  @TempDir
  private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("words.bin");
  }

  private static AtomicFile.Content text(String text) {
    return out -> out.write(text.getBytes(UTF_8));
  }

  private void assertOnlyFile(String content) throws IOException {
    assertThat(file).hasContent(content);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void takesThePlaceOfAnEarlierFile() throws IOException {
    AtomicFile.write(file, text("first"));
    assertOnlyFile("first");
    AtomicFile.write(file, out -> {
      out.write('2');
      assertThat(file).hasContent("first");
      out.write("nd".getBytes(UTF_8));
    });
    assertOnlyFile("2nd");
  }

  @Test
  void deletesWhatKilledProcessesLeft() throws IOException {
    AtomicFile.write(file, text("whole"));
    Path other = Files.createFile(folder.resolve(".other.bin.1.part"));
    Files.createFile(folder.resolve(".words.bin.1.part"));
    Files.createFile(folder.resolve(".words.bin.2.part"));
    AtomicFile.deleteLeftovers(file);
    assertThat(other).exists();
    Files.delete(other);
    assertOnlyFile("whole");
  }

  @Test
  void whatFailsLeavesTheEarlierFileAndNothingElse() throws IOException {
    AtomicFile.write(file, text("first"));
    assertThatThrownBy(() -> AtomicFile.write(file, out -> {
      out.write(1);
      throw new IOException("disk full");
    })).isInstanceOf(IOException.class).hasMessage("disk full");
    assertThatThrownBy(() -> AtomicFile.write(file, out -> {
      throw new IllegalArgumentException("no such word");
    })).isInstanceOf(IllegalArgumentException.class);
    assertOnlyFile("first");
  }

  @Test
  void aFolderIsNotReplacedAndAMissingOneIsNotMade() throws IOException {
    Files.createDirectory(file);
    assertThatThrownBy(() -> AtomicFile.write(file, text("x")))
        .isInstanceOf(FileSystemException.class).hasMessageContaining("is a directory");
    assertThat(file).isEmptyDirectory();
    Path lost = folder.resolve("missing").resolve("words.bin");
    assertThatThrownBy(() -> AtomicFile.write(lost, text("x")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(lost.getParent()).doesNotExist();
  }

  @Test
  void aLinkStaysOneAndADeviceIsWrittenTo() throws IOException {
    boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
    assumeTrue(posix, "links need no rights, and /dev/null is there, on POSIX systems alone");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    AtomicFile.write(file, text("first"));
    AtomicFile.write(link, text("second"));
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("second");
    AtomicFile.write(Path.of("/dev/null"), text("x"));
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  /** Both write at the same time: one of the files is there in the end, whole. */
  @Test
  void writersDoNotMix() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Stream<Future<?>> writers = Stream.of("aa", "bb").map(text -> threads.submit(() -> {
        AtomicFile.write(file, out -> {
          out.write(text.charAt(0));
          both.countDown();
          await(both);
          out.write(text.charAt(1));
        });
        return null;
      }));
      for (Future<?> writer : writers.toList()) {
        writer.get();
      }
    }
    assertThat(Files.readString(file)).isIn("aa", "bb");
    assertOnlyFile(Files.readString(file));
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
