package io.fixlane.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that takes the place of an earlier one at once: whatever happens, one or the other is
 * there, whole.
 */
final class DurableFile {
  private DurableFile() {}

  /** Writes aside, to the disk, and then renames. */
  static void write(Path file, ByteBuffer content) throws IOException {
    Path target = file.toAbsolutePath();
    Path aside =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      try (FileChannel channel = FileChannel.open(
          aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        while (content.hasRemaining()) {
          channel.write(content);
        }
        channel.force(true);
      }
      move(aside, target);
    } finally {
      Files.deleteIfExists(aside);
    }
    syncFolder(target.getParent());
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
