package io.fixlane.cli.words;

import io.fixlane.cli.console.Failure;
import io.fixlane.cli.console.TextTable;
import io.fixlane.cli.console.UserError;
import io.fixlane.cli.words.file.FileKind;
import io.fixlane.tensor.npy.NpyException;
import io.fixlane.tensor.npy.NpyHeader;
import io.fixlane.tensor.npy.NpyReader;
import io.fixlane.tensor.npy.NpzReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The arrays of a file of numpy, without their elements. */
final class ArrayTable {
  private ArrayTable() {}

  /**
   * Prints names, types and dimensions.
   *
   * @throws UserError if the file is of another kind, or cannot be read
   */
  static void print(Path file, FileKind kind, PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("array", "type", "shape"));
    try {
      switch (kind) {
        case NPY -> {
          try (NpyReader reader = NpyReader.open(file)) {
            rows.add(row(String.valueOf(file.getFileName()), reader.header()));
          }
        }
        case NPZ -> {
          try (NpzReader archive = NpzReader.open(file)) {
            for (String name : archive.names()) {
              try (NpyReader reader = archive.open(name)) {
                rows.add(row(name, reader.header()));
              }
            }
          }
        }
        default -> throw new UserError(
            "--format is missing: it says what the words of a " + kind.option() + " file are");
      }
    } catch (NpyException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new UserError("FILE is " + file + ": it cannot be read: " + Failure.reason(e), e);
    }
    new TextTable(rows.getFirst().size(), rows).lines().forEach(out::println);
  }

  private static List<String> row(String name, NpyHeader header) {
    return List.of(
        name, header.type().name().toLowerCase(Locale.ROOT), header.shape().toString());
  }
}
