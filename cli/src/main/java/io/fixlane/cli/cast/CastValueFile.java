package io.fixlane.cli.cast;

import io.fixlane.cli.console.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The values in a file: one a line; blank lines and those that start with # are left out. */
final class CastValueFile {
  /** The name of standard input. */
  static final String STANDARD_INPUT = "-";

  private static final int MAX_BYTES = 1 << 24;

  private CastValueFile() {}

  /**
   * Reads a file, or standard input.
   *
   * @throws UserError if it cannot be read, or a line of it
   */
  static List<CastInput> read(String file) {
    String name = file.equals(STANDARD_INPUT) ? "standard input" : file;
    try (InputStream in =
        file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new UserError(name + " has more than " + MAX_BYTES + " bytes: cast reads no more");
      }
      return parse(name, new String(bytes, StandardCharsets.UTF_8));
    } catch (InvalidPathException e) {
      throw new UserError(name + " is no path: " + e.getReason(), e);
    } catch (NoSuchFileException e) {
      throw new UserError(name + " cannot be read: no such file", e);
    } catch (IOException e) {
      throw new UserError(name + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<CastInput> parse(String name, String content) {
    List<CastInput> inputs = new ArrayList<>();
    int number = 0;
    for (String line : content.lines().toList()) {
      number++;
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        try {
          inputs.add(CastInput.parse(text));
        } catch (UserError e) {
          throw new UserError(name + ", line " + number + ": " + e.getMessage(), e);
        }
      }
    }
    return inputs;
  }
}
