package io.fixlane.cli.experiments;

import io.fixlane.cli.console.Json;
import io.fixlane.cli.console.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that the page tells, as the file {@value #FILE} keeps it.
 *
 * @param command the command line
 * @param date when it ended, of ISO 8601
 * @param machine on what
 * @param images the data set, in words
 * @param budget what every row had
 * @param seeds how many
 * @param minutes how long it took in all, over all starts
 * @param twins the first experiment; empty where it was left out
 * @param tasks the other ones
 */
record Results(
    String command,
    String date,
    Machine machine,
    String images,
    Budget budget,
    int seeds,
    double minutes,
    List<TwinResult> twins,
    List<TaskResult> tasks) {
  /** The file's name. */
  static final String FILE = "results.json";

  static final JsonMapper MAPPER = Json.mapper().build();

  /**
   * Where it was computed.
   *
   * @param system the operating system and the architecture
   * @param processors how many there were
   * @param java the JVM
   * @param threads how many trainings went on side by side
   */
  record Machine(String system, int processors, String java, int threads) {
    static Machine here(int threads) {
      return new Machine(
          System.getProperty("os.name") + " " + System.getProperty("os.arch"),
          Runtime.getRuntime().availableProcessors(),
          System.getProperty("java.vm.name") + " " + Runtime.version(), threads);
    }
  }

  byte[] json() {
    return MAPPER.writeValueAsBytes(this);
  }

  /**
   * Reads the file of a folder.
   *
   * @throws UserError if there is none, or it is damaged
   */
  static Results read(Path folder) {
    Path file = folder.resolve(FILE);
    try (InputStream in = Files.newInputStream(file)) {
      return MAPPER.readValue(in, Results.class);
    } catch (NoSuchFileException e) {
      throw new UserError(file + ": there is no such file: experiments without --report-only make"
          + " it", e);
    } catch (IOException | JacksonException e) {
      throw new UserError(file + ": it cannot be read: " + reason(e), e);
    }
  }

  /** Returns the first line of what is wrong. */
  static String reason(Exception e) {
    return e instanceof JacksonException json
        ? json.getOriginalMessage()
        : e.toString();
  }

  /** Returns the results of a row that has them, by seed. */
  List<TaskResult> of(Row row) {
    return tasks.stream()
        .filter(task -> task.row().equals(row) && task.failure() == null).toList();
  }

  /** Returns the result of a row's first seed. */
  Optional<TaskResult> first(Row row) {
    return of(row).stream().filter(task -> task.seed() == 1).findFirst();
  }

  /** Returns the accuracy of a row in percent; nothing where it has no result. */
  Optional<Spread> accuracy(Row row) {
    return spread(of(row));
  }

  /** Returns the accuracy of the seeds that another row has too, if there are any. */
  Optional<Spread> accuracyBeside(Row row, Row other) {
    Set<Integer> seeds = of(other).stream().map(TaskResult::seed).collect(Collectors.toSet());
    return spread(of(row).stream().filter(result -> seeds.contains(result.seed())).toList());
  }

  private static Optional<Spread> spread(List<TaskResult> results) {
    return results.isEmpty()
        ? Optional.empty()
        : Optional.of(Spread.of(results.stream()
            .mapToDouble(result -> 100 * result.accuracy()).toArray()));
  }
}
