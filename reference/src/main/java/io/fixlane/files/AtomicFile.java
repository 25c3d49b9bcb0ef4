package io.fixlane.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that takes the place of an earlier one at once: whatever happens, be it that the process
 * is killed or the machine loses power, one or the other is there, whole.
 */
public final class AtomicFile {
  private static final String PART = ".part";

  private AtomicFile() {}

  /** What is written. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all of the file.
     *
     * @param out the file, without a buffer; it need not be closed
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file aside, under a name of its own in the same folder, to the disk, and renames it.
   * If that fails, a file that was there stays as it is, and nothing is left behind; only a process
   * that is killed leaves a {@code .part} file, see {@link #deleteLeftovers}. A link is followed; a
   * device or a pipe cannot be replaced, and is written to as it is.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, Content content) throws IOException {
    boolean exists = Files.exists(file);
    if (exists && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
      try (OutputStream out = Files.newOutputStream(file)) {
        content.writeTo(out);
      }
      return;
    }
    Path target = target(file);
    if (Files.isDirectory(target)) {
      throw new FileSystemException(file.toString(), null, "is a directory");
    }
    Path aside = target.resolveSibling(prefix(target) + UUID.randomUUID() + PART);
    try {
      try (FileChannel channel = FileChannel.open(
          aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(Channels.newOutputStream(channel));
        channel.force(true);
      }
      move(aside, target);
    } finally {
      Files.deleteIfExists(aside);
    }
    syncFolder(target.getParent());
  }

  /**
   * Deletes what processes that were killed while they wrote a file have left beside it. It is for
   * who alone writes the file: what another process is writing goes too.
   *
   * @throws IOException if the folder cannot be read, or a file not deleted
   */
  public static void deleteLeftovers(Path file) throws IOException {
    Path target = target(file);
    String prefix = prefix(target);
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(target.getParent(), path -> {
      String name = path.getFileName().toString();
      return name.startsWith(prefix) && name.endsWith(PART);
    })) {
      for (Path leftover : leftovers) {
        Files.deleteIfExists(leftover);
      }
    }
  }

  private static Path target(Path file) throws IOException {
    return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
  }

  private static String prefix(Path target) {
    return "." + target.getFileName() + ".";
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Sends the new name to the disk, where folders can be opened: on Windows they cannot. */
  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The name is then written when the system sees fit: until then the earlier file is there.
      assert Files.isDirectory(folder);
    }
  }
}
