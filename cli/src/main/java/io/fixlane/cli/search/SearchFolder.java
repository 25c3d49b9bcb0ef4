package io.fixlane.cli.search;

import io.fixlane.autograd.search.Trial;
import io.fixlane.autograd.search.TrialOutcome;
import io.fixlane.autograd.search.TrialResult;
import io.fixlane.autograd.search.TrialStore;
import io.fixlane.cli.console.Failure;
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
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * The folder of a search: two files for each trial that is done, whole or not there, so that a
 * second start goes on where the first one was killed.
 */
final class SearchFolder implements TrialStore {
  /** The name of the page. */
  static final String PAGE = "report.html";

  private static final String SETTINGS = "settings.json";
  private static final String JSON = ".json";
  private static final String NETWORK = ".fxn";

  private final Path folder;
  private final SearchProgress progress;

  private SearchFolder(Path folder, SearchProgress progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Opens a folder, and makes it where it is missing.
   *
   * @param progress is told of each trial that is done
   * @throws UserError if something in it cannot be written, or it holds trials of other settings
   */
  static SearchFolder open(Path path, Settings settings, SearchProgress progress) {
    SearchFolder folder = new SearchFolder(path, progress);
    try {
      Files.createDirectories(folder.trials());
      Files.createDirectories(folder.networks());
    } catch (IOException e) {
      throw new UserError(
          "--out is " + path + ": it cannot be made: " + Failure.reason(e), e);
    }
    for (Path file : List.of(path.resolve(SETTINGS), path.resolve(SearchFile.NAME),
        path.resolve(PAGE), folder.floats(), folder.trials().resolve("a" + JSON),
        folder.networks().resolve("a" + NETWORK))) {
      folder.requireWritable(file);
    }
    folder.require(settings);
    return folder;
  }

  private void requireWritable(Path file) {
    try {
      AtomicFile.requireWritable(file, 0);
    } catch (FileSystemException e) {
      throw new UserError(
          "--out is " + folder + ": " + file + " cannot be written: " + e.getReason(), e);
    }
  }

  private void require(Settings settings) {
    Path file = folder.resolve(SETTINGS);
    if (!Files.exists(file)) {
      write(SETTINGS, SearchFile.MAPPER.writeValueAsBytes(settings));
    } else if (!read(file, Settings.class).equals(settings)) {
      throw new UserError("--out is " + folder + ": it holds trials of other settings, "
          + read(file, Settings.class) + "; here they are " + settings
          + ": name another folder, or remove it");
    }
  }

  /** Returns the checkpoint of the float network. */
  Path floats() {
    return folder.resolve("float.ckpt");
  }

  /** Returns the folder of the trials, those under way too. */
  Path trials() {
    return folder.resolve("trials");
  }

  private Path networks() {
    return folder.resolve("networks");
  }

  /** Returns where a network of the best ones is kept. */
  Path network(String key) {
    return networks().resolve(key + NETWORK);
  }

  /**
   * Returns a result that is kept.
   *
   * @throws UserError if the file cannot be read, or is that of another trial
   */
  @Override
  public Optional<TrialResult> find(Trial trial) {
    Path file = trials().resolve(trial.key() + JSON);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    TrialResult result = read(file, TrialResult.class);
    if (!trial.equals(result.trial())) {
      throw new UserError(file + ": it holds the result of another trial: remove it");
    }
    progress.kept(trial);
    return Optional.of(result);
  }

  /** Keeps the network, and then the result: where there is the one, there is the other. */
  @Override
  public void keep(TrialOutcome outcome) {
    TrialResult result = outcome.result();
    Path network = trials().resolve(result.trial().key() + NETWORK);
    if (result.succeeded()) {
      OutputFile.write(network.toString(), network, outcome.network());
    }
    Path file = trials().resolve(result.trial().key() + JSON);
    OutputFile.write(file.toString(), file, SearchFile.MAPPER.writeValueAsBytes(result));
    progress.done(result);
  }

  /**
   * Deletes what a killed process has left: the checkpoints of trials that are done, and files that
   * were half written.
   *
   * @throws UserError if one cannot be deleted
   */
  void deleteLeftovers() {
    try (Stream<Path> files = Files.list(trials())) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.endsWith(JSON) && !name.endsWith(NETWORK)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UserError("--out is " + folder + ": leftovers cannot be deleted: "
          + Failure.reason(e), e);
    }
  }

  /**
   * Copies the networks of the best trials to where users look for them, in the place of those of
   * an earlier search.
   *
   * @throws UserError if a file cannot be read or written
   */
  void saveNetworks(List<String> best) {
    try (Stream<Path> files = Files.list(networks())) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (Files.exists(trials().resolve(name)) && !best.contains(name.replace(NETWORK, ""))) {
          Files.delete(file);
        }
      }
      for (String key : best) {
        Path target = network(key);
        OutputFile.write(target.toString(), target,
            Files.readAllBytes(trials().resolve(key + NETWORK)));
      }
    } catch (IOException e) {
      throw new UserError("--out is " + folder + ": networks cannot be copied: "
          + Failure.reason(e), e);
    }
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
      return SearchFile.MAPPER.readValue(in, type);
    } catch (IOException | JacksonException e) {
      String reason = e instanceof JacksonException json
          ? json.getOriginalMessage()
          : Failure.reason((IOException) e);
      throw new UserError(
          file + ": it is damaged, remove it to compute it again: " + reason, e);
    }
  }
}
