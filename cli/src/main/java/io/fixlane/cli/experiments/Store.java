package io.fixlane.cli.experiments;

import io.fixlane.cli.console.OutputFile;
import io.fixlane.cli.console.UserError;
import io.fixlane.files.AtomicFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folder of the results. {@value Results#FILE} has each task that is done, so that a second
 * start goes on where the first one was killed, also with that file alone: networks that tasks go
 * on from, in the folder of weights, are trained again where they are missing.
 */
final class Store {
  private final Path folder;
  private final long began = System.nanoTime();
  private double minutesBefore;
  private Results results;

  private Store(Path folder, Results results) {
    this.folder = folder;
    this.results = results;
  }

  /**
   * Opens a folder, and makes it where it is missing.
   *
   * @param start what this start is, with no results
   * @param page the name of a further file that will be written into it
   * @throws UserError if something in it cannot be read or written, or it holds results of another
   *     budget
   */
  static Store open(Path folder, Results start, String page) {
    Store store = new Store(folder, start);
    try {
      Files.createDirectories(store.weights());
    } catch (IOException e) {
      throw new UserError("--out is " + folder + ": it cannot be made: " + e, e);
    }
    for (Path file : List.of(folder.resolve(Results.FILE), folder.resolve(page),
        store.weights().resolve("a.ckpt"))) {
      requireWritable(folder, file);
    }
    if (Files.exists(folder.resolve(Results.FILE))) {
      store.goOn(Results.read(folder));
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

  private void goOn(Results kept) {
    if (!results.budget().givesTheResultsOf(kept.budget())) {
      throw new UserError("--out is " + folder + ": it holds results of other settings, "
          + kept.budget() + "; here they are " + results.budget()
          + ": name another folder, or remove it");
    }
    minutesBefore = kept.minutes();
    results = new Results(results.command(), kept.date(), results.machine(), results.images(),
        results.budget(), Math.max(results.seeds(), kept.seeds()), minutesBefore, kept.twins(),
        kept.tasks());
  }

  /** Returns the folder of the float networks. */
  Path weights() {
    return folder.resolve("weights");
  }

  /** Returns all that is kept. */
  synchronized Results results() {
    return results;
  }

  /** Returns a result that is kept. */
  Optional<TaskResult> find(Task task) {
    return results().tasks().stream().filter(result -> result.task().equals(task)).findFirst();
  }

  /** Keeps a result, in the order of the experiments. */
  synchronized void keep(TaskResult result) {
    List<TaskResult> tasks = without(result.task());
    tasks.add(result);
    Map<Task, Integer> places = new HashMap<>();
    Grid.tasks(Grid.EXPERIMENTS, results.seeds(), results.budget())
        .forEach(task -> places.put(task, places.size()));
    tasks.sort(
        Comparator.comparingInt(one -> places.getOrDefault(one.task(), Integer.MAX_VALUE)));
    write(results.twins(), tasks);
  }

  /** Forgets a result: its task is to be computed again. */
  synchronized void forget(Task task) {
    write(results.twins(), without(task));
  }

  /** Keeps what the first experiment came to. */
  synchronized void keepTwins(List<TwinResult> twins) {
    write(twins, results.tasks());
  }

  private List<TaskResult> without(Task task) {
    return new ArrayList<>(
        results.tasks().stream().filter(result -> !result.task().equals(task)).toList());
  }

  private void write(List<TwinResult> twins, List<TaskResult> tasks) {
    double minutes = Duration.ofNanos(System.nanoTime() - began).toMillis() / 60e3;
    results = new Results(results.command(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), results.machine(),
        results.images(), results.budget(), results.seeds(), minutesBefore + minutes, twins,
        tasks);
    Path file = folder.resolve(Results.FILE);
    OutputFile.write(file.toString(), file, results.json());
  }
}
