package io.fixlane.cli.train;

import io.fixlane.autograd.data.DataFileException;
import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.data.IdxFolder;
import io.fixlane.cli.console.UserError;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --data}: which images. */
public final class DataOption {
  private static final String DIGITS = "digits";
  private static final String FASHION_MNIST = "fashion-mnist";

  @Option(
      names = "--data",
      paramLabel = DIGITS + "|" + FASHION_MNIST + "|DIR",
      defaultValue = DIGITS,
      description = "The images: the digits that come with Fixlane, Fashion-MNIST of Debian's "
          + "package dataset-fashion-mnist, or a folder with the four files of such a data set, "
          + "train-images-idx3-ubyte and so on, packed by gzip or not (default: "
          + "${DEFAULT-VALUE}).")
  private String name;

  /** Makes the option, for picocli to fill. */
  public DataOption() {}

  /** Returns what it says. */
  public String name() {
    return name;
  }

  /**
   * Reads them.
   *
   * @throws UserError if a file is missing or damaged
   */
  public DataSplit read() {
    try {
      return switch (name) {
        case DIGITS -> Digits.readSplit();
        case FASHION_MNIST -> IdxFolder.readFashionMnist();
        default -> IdxFolder.read(name, folder());
      };
    } catch (DataFileException e) {
      throw new UserError("--data is " + name + ": " + e.getMessage(), e);
    }
  }

  private Path folder() {
    try {
      Path folder = Path.of(name);
      if (Files.isDirectory(folder)) {
        return folder;
      }
    } catch (InvalidPathException e) {
      throw new UserError("--data is " + name + ": it is no path: " + e.getReason(), e);
    }
    throw new UserError("--data is " + name + ": it must be " + DIGITS + ", " + FASHION_MNIST
        + ", or a folder that exists");
  }
}
