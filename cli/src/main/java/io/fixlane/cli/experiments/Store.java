package io.fixlane.cli.experiments;

import io.fixlane.cli.console.OutputFile;
import io.fixlane.cli.console.UserError;
import io.fixlane.files.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * The folder of the results: a file for each task that is done, whole or not there, so that a
 * second start goes on where the first one was killed.
 */
final class Store {
  private static final String BUDGET = "budget.json";
  private static final String MINUTES = "minutes.json";

  private final Path folder;
  private final Path runs;

  private Store(Path folder) {
    this.folder = folder;
    this.runs = folder.resolve("runs");
  }

  /**
   * Opens a folder, and makes it where it is missing.
   *
   * @param page the name of a further file that will be written into it
   * @throws UserError if something in it cannot be written, or it holds results of another budget
   */
  static Store open(Path folder, Budget budget, String page) {
    Store store = new Store(folder);
    try {
      Files.createDirectories(store.runs);
      Files.createDirectories(store.weights());
    } catch (IOException e) {
      throw new UserError("--out is " + folder + ": it cannot be made: " + e, e);
    }
    for (Path file : List.of(folder.resolve(BUDGET), folder.resolve(MINUTES),
        folder.resolve(Results.FILE), folder.resolve(page), store.runs.resolve("a.json"),
        store.weights().resolve("a.ckpt"))) {
      requireWritable(folder, file);
    }
    Path file = folder.resolve(BUDGET);
    if (!Files.exists(file)) {
      store.write(BUDGET, Results.MAPPER.writeValueAsBytes(budget));
    } else if (!read(file, Budget.class).equals(budget)) {
      throw new UserError("--out is " + folder + ": it holds results of other settings, "
          + read(file, Budget.class) + "; here they are " + budget
          + ": name another folder, or remove it");
    }
    return store;
  }

  private static void requireWritable(Path folder, Path file) {
    try {
      AtomicFile.requireWritable(file, 0);
    } catch (FileSystemException e) {
      throw new UserError(
          "--out is " + folder + ": " + file + " cannot be written: " + e.getReason(), e);
    }
  }

  /** Returns the folder of the float networks. */
  Path weights() {
    return folder.resolve("weights");
  }

  /**
   * Returns a result that is kept.
   *
   * @throws UserError if the file cannot be read
   */
  Optional<TaskResult> find(Task task) {
    Path file = file(task);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    TaskResult result = read(file, TaskResult.class);
    if (!result.row().equals(task.row()) || result.seed() != task.seed()) {
      throw new UserError(file + ": it holds the result of another task: remove it");
    }
    return Optional.of(result);
  }

  /** Keeps a result. */
  void keep(TaskResult result) {
    Path file = file(new Task(result.row(), result.seed()));
    OutputFile.write(file.toString(), file, Results.MAPPER.writeValueAsBytes(result));
  }

  private Path file(Task task) {
    return runs.resolve(task.key() + ".json");
  }

  /** Adds the minutes of this start; returns those of all. */
  double addMinutes(double minutes) {
    Path file = folder.resolve(MINUTES);
    double all = minutes + (Files.exists(file) ? read(file, Double.class) : 0);
    write(MINUTES, Results.MAPPER.writeValueAsBytes(all));
    return all;
  }

  /**
   * Writes a file of the folder.
   *
   * @throws UserError if it cannot be written
   */
  void write(String name, byte[] content) {
    Path file = folder.resolve(name);
    OutputFile.write(file.toString(), file, content);
  }

  private static <T> T read(Path file, Class<T> type) {
    try (InputStream in = Files.newInputStream(file)) {
      return Results.MAPPER.readValue(in, type);
    } catch (IOException | JacksonException e) {
      throw new UserError(file + ": it is damaged, remove it to compute it again: "
          + Results.reason(e), e);
    }
  }
}
