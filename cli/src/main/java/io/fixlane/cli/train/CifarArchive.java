package io.fixlane.cli.train;

import io.fixlane.cli.console.UserError;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the archives of CIFAR-10 and CIFAR-100 are unpacked: they come with no system. */
final class CifarArchive {
  private static final String SITE = "https://www.cs.toronto.edu/~kriz/";

  private CifarArchive() {}

  /**
   * Returns the folder that an archive unpacks to here.
   *
   * @throws UserError if it is not there; the message says how to get it
   */
  static Path folder(String name, String archive, String folder) {
    Path path = Path.of(folder);
    if (!Files.isDirectory(path)) {
      throw new UserError(
          "--data is " + name + ": there is no folder " + folder + " here: curl -LO "
              + SITE + archive + ".tar.gz && tar xzf " + archive + ".tar.gz makes it");
    }
    return path;
  }
}
