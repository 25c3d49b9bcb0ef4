package io.fixlane.cli.console;

import io.fixlane.files.AtomicFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;

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
   * @throws UserError if not, be it for its name, its folder, its links or its permissions
   */
  public OutputFile {
    require(option, path, 0);
  }

  private static void require(String option, Path path, long bytes) {
    try {
      AtomicFile.requireWritable(path, bytes);
    } catch (FileSystemException e) {
      throw new UserError(option + " is " + path + ": " + e.getReason(), e);
    }
  }

  /**
   * Checks that there is room for a file of so many bytes.
   *
   * @throws UserError if there is not
   */
  public void requireSpace(long bytes) {
    require(option, path, bytes);
  }

  /**
   * Checks that the file is none that the command reads.
   *
   * @param input what names the other file, such as {@code --compare}
   * @throws UserError if it is the same file, also by another name
   */
  public void requireOther(String input, Path other) {
    boolean same;
    try {
      same = AtomicFile.isSame(path, other);
    } catch (IOException e) {
      // What cannot be followed is refused where it is read.
      same = false;
    }
    if (same) {
      throw new UserError(option + " is " + path + ": it is the file of " + input + " too");
    }
  }

  /**
   * Checks that files of one command take no one's place among them.
   *
   * @throws UserError if two are the same file, also by different names
   */
  public static void requireDistinct(List<OutputFile> files) {
    for (int i = 0; i < files.size(); i++) {
      for (OutputFile other : files.subList(i + 1, files.size())) {
        files.get(i).requireOther(other.option, other.path);
      }
    }
  }

  /**
   * Writes the whole file, in place of any other of its name.
   *
   * @throws UserError if it cannot be written
   */
  public void write(byte[] content) {
    write(option + " is " + path, path, content);
  }

  /**
   * Writes a whole file, in place of any other of its name.
   *
   * @param what what the message begins with, if it cannot be written
   * @throws UserError if so
   */
  public static void write(String what, Path path, byte[] content) {
    try {
      AtomicFile.write(path, out -> out.write(content));
    } catch (IOException e) {
      throw new UserError(what + ": it cannot be written: " + Failure.reason(e), e);
    }
  }
}
