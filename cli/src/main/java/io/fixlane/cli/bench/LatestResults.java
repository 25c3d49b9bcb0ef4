package io.fixlane.cli.bench;

import io.fixlane.cli.console.Failure;
import io.fixlane.cli.console.UserError;
import io.fixlane.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The file that keeps the newest result of each benchmark on this machine, in the folder in which
 * the user's programs keep such things.
 */
public final class LatestResults {
  /** The system property that names the folder. */
  static final String FOLDER = "fixlane.results";
  private static final String NAME = "bench-latest.json";

  private LatestResults() {}

  /** Returns where the file is, or will be. */
  public static Path file() {
    String folder = System.getProperty(FOLDER);
    return (folder == null ? folder(System.getenv()) : Path.of(folder)).resolve(NAME);
  }

  /** Returns what each system asks programs to use, XDG_STATE_HOME on all but two. */
  private static Path folder(Map<String, String> environment) {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    Path home = Path.of(System.getProperty("user.home"));
    if (system.startsWith("windows") && environment.containsKey("LOCALAPPDATA")) {
      return Path.of(environment.get("LOCALAPPDATA"), "fixlane");
    }
    if (system.startsWith("mac")) {
      return home.resolve("Library/Application Support/fixlane");
    }
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    return (state.isEmpty() ? home.resolve(".local/state") : Path.of(state)).resolve("fixlane");
  }

  /**
   * Adds results, in place of older ones of the same benchmarks.
   *
   * @throws UserError if they cannot be kept
   */
  static void keep(BenchFile newer) {
    Path file = file();
    try {
      Files.createDirectories(file.getParent());
      byte[] content = before(file).with(newer).bytes();
      AtomicFile.write(file, out -> out.write(content));
    } catch (IOException e) {
      throw new UserError("the results cannot be kept in " + file + ": " + Failure.reason(e), e);
    }
  }

  /** Reads what is there; what is no such file is replaced. */
  private static BenchFile before(Path file) {
    BenchFile none = new BenchFile("", null, List.of());
    try {
      return Files.exists(file) ? BenchFile.read("the file", file) : none;
    } catch (UserError e) {
      return none;
    }
  }
}
