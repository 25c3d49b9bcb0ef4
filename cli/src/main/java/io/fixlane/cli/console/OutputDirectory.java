package io.fixlane.cli.console;

import io.fixlane.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A directory that files are written to: each aside first and then renamed, so that none is ever
 * half-written.
 *
 * @param path where it is
 */
public record OutputDirectory(Path path) {
  /**
   * Makes the directory and those above it, where they are missing.
   *
   * @throws UserError if a file stands in the way, or it cannot be written
   */
  public static OutputDirectory create(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UserError("cannot make the directory " + path + ": " + Failure.reason(e), e);
    }
    if (!Files.isWritable(path)) {
      throw new UserError("cannot write into the directory " + path + ": permission denied");
    }
    return new OutputDirectory(path);
  }

  /**
   * Writes files by name, replacing those that are there: none, unless all can be written.
   *
   * @throws UserError if one cannot be written
   */
  public void write(Map<String, byte[]> files) {
    files.forEach((name, content) -> {
      Path target = path.resolve(name);
      try {
        AtomicFile.requireWritable(target, content.length);
      } catch (IOException e) {
        throw new UserError("cannot write " + target + ": " + Failure.reason(e), e);
      }
    });
    files.forEach((name, content) -> {
      Path target = path.resolve(name);
      OutputFile.write(target.toString(), target, content);
    });
  }
}
