package io.fixlane.files;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where a path leads, links followed, be there a file or not yet.
 *
 * @param path where
 * @param kind what is there
 */
record Target(Path path, Kind kind) {
  /** As many links as Linux follows, see path_resolution(7). */
  private static final int MOST_LINKS = 40;

  /** What can be written to, and how. */
  enum Kind {
    /** A file, or none yet: it is replaced. */
    FILE,
    /** A device or a pipe: it is written to. */
    DEVICE,
    /**
     * What this process or another one has open, such as {@code /dev/stdout}: it is written on,
     * also if it is a file.
     */
    OPEN
  }

  /**
   * Follows a path.
   *
   * @throws FileSystemException if links lead nowhere, or it is a folder
   */
  static Target of(Path file) throws IOException {
    Path at = file.toAbsolutePath();
    for (int links = 0; !isDescriptor(at); links++) {
      if (!Files.isSymbolicLink(at)) {
        return at(file, at);
      }
      if (links == MOST_LINKS) {
        throw new FileSystemLoopException(file.toString());
      }
      at = at.resolveSibling(Files.readSymbolicLink(at));
    }
    return new Target(at, Kind.OPEN);
  }

  private static Target at(Path file, Path at) throws FileSystemException {
    if (Files.isDirectory(at)) {
      throw new FileSystemException(file.toString(), null, "it is a folder");
    }
    boolean isFile = !Files.exists(at) || Files.isRegularFile(at);
    return new Target(at, isFile ? Kind.FILE : Kind.DEVICE);
  }

  /** Returns whether a path lies where Linux and the BSDs show what processes have open. */
  private static boolean isDescriptor(Path at) throws IOException {
    Path folder = at.getParent();
    if (folder == null || !folder.endsWith("fd") || !Files.isDirectory(folder)) {
      return false;
    }
    Path real = folder.toRealPath();
    return real.equals(Path.of("/dev/fd")) || real.startsWith("/proc") && real.endsWith("fd");
  }

  /** Opens what is no file to be replaced. */
  OutputStream open() throws IOException {
    if (kind == Kind.DEVICE) {
      return Files.newOutputStream(path, StandardOpenOption.WRITE);
    }
    // A stream of its own would begin at the start of the file, over what this process has written.
    return switch (isOwn() ? path.getFileName().toString() : "") {
      case "1" -> new Kept(FileDescriptor.out);
      case "2" -> new Kept(FileDescriptor.err);
      default -> Files.newOutputStream(path, StandardOpenOption.APPEND);
    };
  }

  private boolean isOwn() throws IOException {
    Path folder = path.resolveSibling(".").toRealPath();
    return folder.startsWith("/dev") || folder.equals(Path.of("/proc/self/fd").toRealPath());
  }

  /** Standard output or error, which others go on to use. */
  private static final class Kept extends FileOutputStream {
    Kept(FileDescriptor descriptor) {
      super(descriptor);
    }

    @Override
    public void close() {
      // Nothing is buffered.
    }
  }
}
