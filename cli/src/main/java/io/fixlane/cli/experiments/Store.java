package io.fixlane.cli.experiments;

import io.fixlane.cli.console.UserError;
import io.fixlane.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
   * @throws UserError if it cannot be written, or holds results of another budget
   */
  static Store open(Path folder, Budget budget) {
    Store store = new Store(folder);
    try {
      Files.createDirectories(store.runs);
      Files.createDirectories(store.weights());
    } catch (IOException e) {
      throw new UserError("--out is " + folder + ": it cannot be made: " + e, e);
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
    write(file(new Task(result.row(), result.seed())),
        Results.MAPPER.writeValueAsBytes(result));
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
    write(folder.resolve(name), content);
  }

  /**
   * Writes any file.
   *
   * @throws UserError if it cannot be written
   */
  static void write(Path file, byte[] content) {
    try {
      AtomicFile.write(file, out -> out.write(content));
    } catch (IOException e) {
      throw new UserError(file + ": it cannot be written: " + e, e);
    }
  }

  private static <T> T read(Path file, Class<T> type) {
    try {
      return Results.MAPPER.readValue(Files.readAllBytes(file), type);
    } catch (IOException | JacksonException e) {
      throw new UserError(file + ": it is damaged, remove it to compute it again: "
          + Results.reason(e), e);
    }
  }
}
