package io.fixlane.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what with a file, for the file that takes its place.
 *
 * @param earlier the attributes of the file; null where there is none, or on systems that have no
 *     such ones, as Windows: there the folder decides
 */
record Ownership(@Nullable PosixFileAttributes earlier) {
  static Ownership of(Path file) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class);
    try {
      return new Ownership(view == null ? null : view.readAttributes());
    } catch (NoSuchFileException e) {
      return new Ownership(null);
    }
  }

  /** Creates the file that is to take the place, at no time with more rights than it had. */
  FileChannel create(Path file) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (earlier == null) {
      return FileChannel.open(file, options);
    }
    FileChannel channel = FileChannel.open(
        file, options, PosixFilePermissions.asFileAttribute(earlier.permissions()));
    try {
      give(Files.getFileAttributeView(file, PosixFileAttributeView.class), earlier);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void give(PosixFileAttributeView view, PosixFileAttributes earlier)
      throws IOException {
    PosixFileAttributes own = view.readAttributes();
    if (!own.owner().equals(earlier.owner()) || !own.group().equals(earlier.group())) {
      try {
        view.setGroup(earlier.group());
        view.setOwner(earlier.owner());
      } catch (FileSystemException e) {
        // Only root may give a file away: it stays this process's.
      }
    }
    // What the process's mask took away when the file was created.
    view.setPermissions(earlier.permissions());
  }
}
