package io.fixlane.cli.console;

import io.fixlane.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that an option names, and that is written at the end of a command: aside first and then
 * renamed, so that it is never half-written.
 *
 * @param option the option, such as {@code --json}
 * @param path where the file is to be
 */
public record OutputFile(String option, Path path) {
  /**
   * Checks that the file can be written, before anything is computed for it.
   *
   * @throws UserError if it is a folder, or its folder does not exist or cannot be written to
   */
  public OutputFile {
    if (Files.isDirectory(path)) {
      throw new UserError(option + " is " + path + ": it is a folder");
    }
    if (!Files.isDirectory(path.toAbsolutePath().getParent())) {
      throw new UserError(option + " is " + path + ": its folder does not exist");
    }
    if (!Files.isWritable(path.toAbsolutePath().getParent())) {
      throw new UserError(option + " is " + path + ": its folder cannot be written to");
    }
  }

  /**
   * Writes the whole file, in place of any other of its name.
   *
   * @throws UserError if it cannot be written
   */
  public void write(byte[] content) {
    try {
      AtomicFile.write(path, out -> out.write(content));
    } catch (IOException e) {
      throw new UserError(option + " is " + path + ": it cannot be written: " + Failure.reason(e),
          e);
    }
  }
}
