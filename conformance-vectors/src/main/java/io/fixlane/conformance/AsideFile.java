package io.fixlane.conformance;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is written aside, under another name in the same folder, and takes its own name when
 * it is complete.
 */
public final class AsideFile {
  private AsideFile() {}

  /** What is written. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all of the file.
     *
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file in place of any other of its name. If that fails, the other stays as it is and
   * nothing is left behind. A link is followed; a device or a pipe cannot be replaced, and is
   * written to as it is.
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
    Path target = exists ? file.toRealPath() : file.toAbsolutePath();
    if (Files.isDirectory(target)) {
      throw new FileSystemException(file.toString(), null, "is a directory");
    }
    Path aside = target
        .resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(aside)) {
        content.writeTo(out);
      }
      try {
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
