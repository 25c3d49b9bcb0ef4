package io.fixlane.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
        .isInstanceOf(FileSystemException.class).hasMessage(file + ": it is a folder");
    assertThat(file).isEmptyDirectory();
    Path lost = folder.resolve("missing").resolve("words.bin");
    assertThatThrownBy(() -> AtomicFile.write(lost, text("x")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(lost.getParent()).doesNotExist();
  }

  /** Leftovers of {@code words.bin.more} are not those of {@code words.bin}. */
  @Test
  void keepsWhatBelongsToALongerName() throws IOException {
    Path other = Files.createFile(folder.resolve(".words.bin.more.1.part"));
    AtomicFile.deleteLeftovers(file);
    assertThat(other).exists();
  }

  /** 255 bytes are the most that the file systems of Linux, macOS and Windows take. */
  @Test
  void aNameOfAnyLegalLength() throws IOException {
    for (int length : new int[] {50, 51, 212, 213, 255}) {
      Path longest = folder.resolve("w".repeat(length));
      AtomicFile.requireWritable(longest, 0);
      AtomicFile.write(longest, text("x"));
      AtomicFile.write(longest, text("y"));
      assertThat(longest).hasContent("y");
    }
    // Of 4 bytes each.
    AtomicFile.write(folder.resolve("\uD835\uDC16".repeat(50)), text("x"));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(6);
    }
  }

  private void assertRefused(Path path, String reason) {
    assertThatThrownBy(() -> AtomicFile.requireWritable(path, 0))
        .isInstanceOf(FileSystemException.class).hasMessage(path + ": " + reason);
  }

  @Test
  void whatCannotBeWrittenIsToldBefore() throws IOException {
    AtomicFile.requireWritable(file, 1);
    assertThat(folder).isEmptyDirectory();
    assertRefused(folder, "it is a folder");
    assertRefused(folder.resolve("no/words.bin"), "its folder does not exist");
    AtomicFile.write(file, text("words"));
    AtomicFile.requireWritable(file, 1);
    assertOnlyFile("words");
    assertRefused(file.resolve("words.bin"), "its folder " + file + " is a file");
    assertThatThrownBy(() -> AtomicFile.requireWritable(file, Long.MAX_VALUE))
        .hasMessageStartingWith(
            file + ": it will have 9223372036854775807 bytes, and its disk has room for ");
    Path tooLong = folder.resolve("w".repeat(256));
    assertThatThrownBy(() -> AtomicFile.requireWritable(tooLong, 0))
        .isInstanceOf(FileSystemException.class).hasMessageStartingWith(tooLong + ": ");
  }

  @Test
  void tellsWhetherTwoPathsLeadToOneFile() throws IOException {
    requirePosix();
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("words.bin"));
    Path other = folder.resolve("other.bin");
    for (int i = 0; i < 2; i++) {
      assertThat(AtomicFile.isSame(file, folder.resolve("../" + folder.getFileName()
          + "/words.bin"))).isTrue();
      assertThat(AtomicFile.isSame(link, file)).isTrue();
      assertThat(AtomicFile.isSame(link, other)).isFalse();
      Files.createFile(i == 0 ? file : other);
    }
    Files.delete(other);
    Files.createLink(other, file);
    assertThat(AtomicFile.isSame(link, other)).isTrue();
    Path device = Path.of("/dev/null");
    assertThat(AtomicFile.isSame(device, device)).isFalse();
  }

  private void requirePosix() throws IOException {
    boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
    assumeTrue(posix, "links need no rights, and /dev/null is there, on POSIX systems alone");
  }

  @Test
  void aLinkStaysOneAlsoWhereItLeadsToNothingYet() throws IOException {
    requirePosix();
    Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("first"));
    Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("words.bin"));
    AtomicFile.requireWritable(second, 0);
    AtomicFile.write(second, text("new"));
    assertThat(first).isSymbolicLink();
    assertThat(second).isSymbolicLink();
    assertThat(file).isRegularFile().hasContent("new");
    Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere"), Path.of("no/words.bin"));
    assertRefused(nowhere, "its folder does not exist");
    assertThatThrownBy(() -> AtomicFile.write(nowhere, text("x")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(nowhere).isSymbolicLink();
  }

  @Test
  void linksInACircleStayAsTheyAre() throws IOException {
    requirePosix();
    Path one = Files.createSymbolicLink(folder.resolve("one"), Path.of("two"));
    Path two = Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
    assertRefused(one, "its links lead in a circle");
    assertThatThrownBy(() -> AtomicFile.write(two, text("x")))
        .isInstanceOf(FileSystemException.class);
    assertThat(one).isSymbolicLink();
    assertThat(two).isSymbolicLink();
  }

  @Test
  void permissionsStayThoseOfTheEarlierFile() throws IOException {
    requirePosix();
    for (String permissions : new String[] {"rw-------", "rw-rw-rw-", "rwxr-x---"}) {
      AtomicFile.write(file, text("first"));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      AtomicFile.write(file, text("second"));
      assertOnlyFile("second");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo(permissions);
    }
  }

  /** Who runs this is root in most containers, and may give a file away. */
  @Test
  void theOwnerStaysThatOfTheEarlierFileWhereTheSystemLets() throws IOException {
    requirePosix();
    AtomicFile.write(file, text("first"));
    try {
      Files.setAttribute(file, "unix:uid", 12345);
      Files.setAttribute(file, "unix:gid", 54321);
    } catch (FileSystemException e) {
      // It stays that of who runs this: no mend can fail here.
      assertThat(e).hasMessageContaining("not permitted");
      return;
    }
    AtomicFile.write(file, text("second"));
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(12345);
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(54321);
  }

  @Test
  void whatMayNotBeWrittenIsNotReplaced() throws IOException {
    requirePosix();
    AtomicFile.write(file, text("kept"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    if (Files.isWritable(file)) {
      // Root may write everything, and still keeps the permissions.
      AtomicFile.write(file, text("replaced"));
      assertOnlyFile("replaced");
    } else {
      assertRefused(file, "it may not be written");
      assertThatThrownBy(() -> AtomicFile.write(file, text("x")))
          .hasMessage(file + ": it may not be written");
      assertOnlyFile("kept");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("r--r--r--");
  }

  /** As {@code tool --out /dev/stdout > words.bin}: the file has what else is written, too. */
  @Test
  void standardOutputIsWrittenOnAlsoWhereItIsAFile() throws Exception {
    requirePosix();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    for (String name : new String[] {"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}) {
      Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of(name));
      Process process = new ProcessBuilder(java.toString(), "-cp",
          codeOf(AtomicFile.class) + File.pathSeparator + codeOf(Writer.class),
          Writer.class.getName(), link.toString())
          .redirectOutput(file.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      assertThat(process.waitFor()).isZero();
      assertThat(file).hasContent("before, within, after");
      Files.delete(link);
      if (!Files.exists(Path.of("/proc/self/fd"))) {
        return;
      }
    }
  }

  private static Path codeOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** Writes to standard output, and through the path that it gets. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws IOException {
      System.out.print("before, ");
      System.out.flush();
      AtomicFile.requireWritable(Path.of(arguments[0]), 0);
      AtomicFile.write(Path.of(arguments[0]), text("within, "));
      System.out.print("after");
    }
  }

  @Test
  void aLinkStaysOneAndADeviceIsWrittenTo() throws IOException {
    requirePosix();
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    AtomicFile.write(file, text("first"));
    AtomicFile.write(link, text("second"));
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("second");
    AtomicFile.requireWritable(Path.of("/dev/null"), 1);
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
