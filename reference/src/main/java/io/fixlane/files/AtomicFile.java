package io.fixlane.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;

/**
 * A file that takes the place of an earlier one at once: whatever happens, be it that the process
 * is killed or the machine loses power, one or the other is there, whole.
 */
public final class AtomicFile {
  private static final String PART = ".part";

  /** Of at most 4 bytes a character, which with what is added are fewer than 255 bytes. */
  private static final int LONGEST_KEPT = 50;

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
   * that is killed leaves a {@code .part} file, see {@link #deleteLeftovers}.
   *
   * <p>Links are followed, also to a file that is not there yet. A file that is replaced leaves its
   * permissions to the new one, and its owner and group where the system lets this process give
   * them. A device or a pipe is written to as it is; so is what is open already, such as
   * {@code /dev/stdout}, after what stands there.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, Content content) throws IOException {
    Target target = Target.of(file);
    if (target.kind() != Target.Kind.FILE) {
      try (OutputStream out = target.open()) {
        content.writeTo(out);
      }
      return;
    }
    requireReplaceable(file, target.path());
    Path aside = aside(target.path());
    try {
      try (FileChannel channel = Ownership.of(target.path()).create(aside)) {
        content.writeTo(Channels.newOutputStream(channel));
        channel.force(true);
      }
      move(aside, target.path());
    } finally {
      Files.deleteIfExists(aside);
    }
    syncFolder(target.path().getParent());
  }

  /**
   * Requires that {@link #write} can be expected to succeed, before work is done for its sake: it
   * follows the links, makes the file that would be written aside, and deletes it again.
   *
   * @param bytes how long the file will be, as far as that is known
   * @throws FileSystemException if not; its reason says why, in words that follow the file's name
   */
  public static void requireWritable(Path file, long bytes) throws FileSystemException {
    try {
      Target target = Target.of(file);
      if (target.kind() == Target.Kind.FILE) {
        requireFolder(file, target.path().getParent());
        requireReplaceable(file, target.path());
        requireName(target.path());
        Path aside = aside(target.path());
        Files.createFile(aside);
        Files.delete(aside);
        requireSpace(file, Files.getFileStore(target.path().getParent()), bytes);
      } else if (target.kind() == Target.Kind.DEVICE && !Files.isWritable(target.path())) {
        throw refused(file, "it may not be written");
      }
    } catch (FileSystemLoopException e) {
      throw refused(file, "its links lead in a circle");
    } catch (AccessDeniedException e) {
      throw refused(file, "its folder cannot be written to");
    } catch (FileSystemException e) {
      throw e.getReason() == null ? refused(file, e.toString()) : refused(file, e.getReason());
    } catch (IOException e) {
      throw refused(file, e.toString());
    }
  }

  private static FileSystemException refused(Path file, String reason) {
    return new FileSystemException(file.toString(), null, reason);
  }

  private static void requireFolder(Path file, Path folder) throws FileSystemException {
    if (!Files.isDirectory(folder)) {
      throw refused(file, Files.exists(folder)
          ? "its folder " + folder + " is a file"
          : "its folder does not exist");
    }
  }

  /** A rename asks for no rights on the file that it replaces: who took them away meant it. */
  private static void requireReplaceable(Path file, Path target) throws FileSystemException {
    if (Files.exists(target) && !Files.isWritable(target)) {
      throw refused(file, "it may not be written");
    }
  }

  /** Asks the system for the file, which it does if the name is one. */
  private static void requireName(Path target) throws IOException {
    try {
      Files.readAttributes(target, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      // It is the name of nothing yet.
    }
  }

  /** Of a disk that does not know its size, such as some networks', no space is required. */
  private static void requireSpace(Path file, FileStore disk, long bytes) throws IOException {
    long free = disk.getUsableSpace();
    if (disk.getTotalSpace() > 0 && free < bytes) {
      throw refused(file, "it will have " + bytes + " bytes, and its disk has room for " + free);
    }
  }

  /**
   * Deletes what processes that were killed while they wrote a file have left beside it. It is for
   * who alone writes the file: what another process is writing goes too.
   *
   * @throws IOException if the folder cannot be read, or a file not deleted
   */
  public static void deleteLeftovers(Path file) throws IOException {
    Target target = Target.of(file);
    if (target.kind() != Target.Kind.FILE) {
      return;
    }
    String prefix = prefix(target.path());
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(target.path().getParent(), path -> {
          String name = path.getFileName().toString();
          // Between the two is no dot: after one, it would be of a file with a longer name.
          return name.startsWith(prefix) && name.endsWith(PART)
              && name.indexOf('.', prefix.length()) == name.length() - PART.length();
        })) {
      for (Path leftover : leftovers) {
        Files.deleteIfExists(leftover);
      }
    }
  }

  /**
   * Returns whether two paths lead to one file, be it there yet or not. What is no file, such as a
   * device, can be written to by several.
   *
   * @throws IOException if one of them cannot be followed
   */
  public static boolean isSame(Path one, Path other) throws IOException {
    Target a = Target.of(one);
    Target b = Target.of(other);
    if (a.kind() != Target.Kind.FILE || b.kind() != Target.Kind.FILE) {
      return false;
    }
    return Files.exists(a.path()) && Files.exists(b.path())
        ? Files.isSameFile(a.path(), b.path())
        : real(a.path()).equals(real(b.path()));
  }

  /** Returns the path of a file that need not be there, with the real path of its folder. */
  private static Path real(Path target) throws IOException {
    Path folder = target.getParent();
    return Files.isDirectory(folder)
        ? folder.toRealPath().resolve(target.getFileName())
        : target.normalize();
  }

  private static Path aside(Path target) {
    return target.resolveSibling(prefix(target) + UUID.randomUUID() + PART);
  }

  /** A name may be so long that the file system has no room for more: a hash takes its place. */
  private static String prefix(Path target) {
    String name = target.getFileName().toString();
    return "." + (name.length() <= LONGEST_KEPT
        ? name
        : UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString()) + ".";
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
