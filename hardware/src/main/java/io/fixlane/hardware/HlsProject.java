package io.fixlane.hardware;

import io.fixlane.hardware.hls.ProjectFiles;
import io.fixlane.hardware.output.ProjectFolder;
import io.fixlane.network.Network;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A network as a project of HLS C++: a folder that AMD's tools build, and that any C++ compiler
 * checks word for word with a test bench of its own. Immutable.
 *
 * {@snippet class="io.fixlane.hardware.HardwareExample" region="hls"}
 */
public final class HlsProject {
  private final String name;
  private final SequencedMap<String, String> files;
  private final Optional<String> systemCDifference;

  private HlsProject(
      String name, SequencedMap<String, String> files, Optional<String> systemCDifference) {
    this.name = name;
    this.files = files;
    this.systemCDifference = systemCDifference;
  }

  /**
   * Writes a network as C++, in memory.
   *
   * @param network the network
   * @param name the name of the top function, and of files: 1 to 64 letters, digits and
   *     underscores, the first a letter; none that C++ or the project uses
   * @param options how it is written
   * @throws HardwareException if a layer cannot be written like that
   * @throws IllegalArgumentException if the name is another
   */
  public static HlsProject of(Network network, String name, HlsOptions options)
      throws HardwareException {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(options, "options");
    String top = TopName.require(Objects.requireNonNull(name, "name"));
    return new HlsProject(
        top, ProjectFiles.of(network, top, options), ProjectFiles.systemCDifference(network));
  }

  /** Returns the name of the top function. */
  public String name() {
    return name;
  }

  /** Returns the text of each file by its path, with {@code /} between names. */
  public SequencedMap<String, String> files() {
    return files;
  }

  /**
   * Returns why SystemC's fixed-point types would give other words than AMD's, which they do in
   * three rules; nothing where they give the same.
   */
  public Optional<String> systemCDifference() {
    return systemCDifference;
  }

  /**
   * Writes the folder: aside first, and then renamed.
   *
   * @param folder where
   * @param replace whether a folder that is there is replaced, with all that it holds
   * @throws FileAlreadyExistsException if something is there, and is not to be replaced or is no
   *     folder; an empty folder is nothing
   * @throws IOException if it cannot be written; what was there is then as before
   */
  public void write(Path folder, boolean replace) throws IOException {
    Objects.requireNonNull(folder, "folder");
    ProjectFolder.write(folder, files, replace);
  }
}
