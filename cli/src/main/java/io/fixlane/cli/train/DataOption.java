package io.fixlane.cli.train;

import io.fixlane.autograd.data.CifarFolder;
import io.fixlane.autograd.data.CsvImages;
import io.fixlane.autograd.data.CsvSplit;
import io.fixlane.autograd.data.DataFileException;
import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.data.IdxFolder;
import io.fixlane.cli.console.OutputFile;
import io.fixlane.cli.console.UserError;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options {@code --data}, {@code --test-data} and {@code --label}: which images. */
public final class DataOption {
  private static final String DIGITS = "digits";
  private static final String FASHION_MNIST = "fashion-mnist";
  private static final String CIFAR_10 = "cifar-10";
  private static final String CIFAR_100 = "cifar-100";

  @Option(
      names = "--data",
      paramLabel = DIGITS + "|" + FASHION_MNIST + "|" + CIFAR_10 + "|" + CIFAR_100
          + "|DIR|FILE.csv",
      defaultValue = DIGITS,
      description = "The images: the digits that come with Fixlane, Fashion-MNIST of Debian's "
          + "package dataset-fashion-mnist, CIFAR-10 or CIFAR-100 in the folder that their binary "
          + "archives unpack to here, a folder with the files of such a data set, "
          + "train-images-idx3-ubyte or data_batch_1.bin and so on, or lines of a label and the "
          + "grey pixels, 0 to 255, of a square image; packed by gzip or not (default: "
          + "${DEFAULT-VALUE}).")
  private String name;

  @Option(
      names = "--test-data",
      paramLabel = "FILE.csv",
      description = "With --data FILE.csv: the images to test with (default: a fifth of FILE.csv, "
          + "always the same).")
  private @Nullable Path testFile;

  @Option(
      names = "--label",
      paramLabel = "first|last",
      converter = LabelConverter.class,
      description = "With --data FILE.csv: where a line has the label (default: first).")
  private CsvImages.@Nullable Label label;

  /** Makes the option, for picocli to fill. */
  public DataOption() {}

  private static final class LabelConverter implements ITypeConverter<CsvImages.Label> {
    @Override
    public CsvImages.Label convert(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "first" -> CsvImages.Label.FIRST;
        case "last" -> CsvImages.Label.LAST;
        default -> throw new TypeConversionException(
            "'" + text + "' is no place of a label: it must be first or last");
      };
    }
  }

  /** Returns what was said, as it stands after {@code --data}. */
  public String name() {
    return name + (testFile == null ? "" : " --test-data " + testFile)
        + (label == null ? "" : " --label " + label.name().toLowerCase(Locale.ROOT));
  }

  /**
   * Reads all images.
   *
   * @throws UserError if a file is missing or damaged, or too large for the memory
   */
  public DataSplit read() {
    return read(Integer.MAX_VALUE, null);
  }

  /**
   * Reads the images, but of a folder no more to train with than are needed.
   *
   * @param most how many are needed, at least 1; where reading them all is as good, there are more
   * @param option the option that says so; null if there is none
   * @throws UserError if a file is missing or damaged, or too large for the memory
   */
  public DataSplit read(int most, @Nullable String option) {
    requireOptions();
    try {
      return switch (name) {
        case DIGITS -> Digits.readSplit();
        case FASHION_MNIST -> IdxFolder.readFashionMnist(most);
        default -> isFolder(path())
            ? readFolder(most)
            : readCsv(label == null ? CsvImages.Label.FIRST : label);
      };
    } catch (DataFileException e) {
      throw new UserError("--data is " + name + ": " + e.getMessage()
          + (e.isTooLarge() ? advice(option) : ""), e);
    }
  }

  private DataSplit readFolder(int most) throws DataFileException {
    return CifarFolder.isOne(path())
        ? CifarFolder.read(name, path(), most)
        : IdxFolder.read(name, path(), most);
  }

  private String advice(@Nullable String option) {
    return ": FIXLANE_JAVA_OPTS=-Xmx8g gives 8 GB" + (option == null || !isFolder(path())
        ? ""
        : ", " + option + " reads fewer to train with");
  }

  private DataSplit readCsv(CsvImages.Label place) throws DataFileException {
    return testFile == null
        ? CsvSplit.read(name, path(), place)
        : CsvSplit.read(name, path(), testFile, place);
  }

  private void requireOptions() {
    boolean isCsv = !name.equals(DIGITS) && !name.equals(FASHION_MNIST) && !isFolder(path());
    if (!isCsv && (testFile != null || label != null)) {
      throw new UserError((testFile == null ? "--label" : "--test-data")
          + " is for files of lines alone: --data is " + name);
    }
  }

  /**
   * Requires that no file of the images is written.
   *
   * @throws UserError if one is
   */
  public void requireOthers(List<OutputFile> outputs) {
    if (name.equals(DIGITS) || name.equals(FASHION_MNIST)) {
      return;
    }
    List<Path> inputs;
    try {
      inputs = isFolder(path()) ? filesOfFolder() : List.of(path());
    } catch (DataFileException e) {
      throw new UserError("--data is " + name + ": " + e.getMessage(), e);
    }
    for (OutputFile output : outputs) {
      inputs.forEach(input -> output.requireOther("--data", input));
      if (testFile != null) {
        output.requireOther("--test-data", testFile);
      }
    }
  }

  private List<Path> filesOfFolder() throws DataFileException {
    return CifarFolder.isOne(path()) ? CifarFolder.files(path()) : IdxFolder.files(path());
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path);
  }

  private Path path() {
    try {
      Path path = switch (name) {
        case CIFAR_10 -> CifarArchive.folder(name, "cifar-10-binary", "cifar-10-batches-bin");
        case CIFAR_100 -> CifarArchive.folder(name, "cifar-100-binary", "cifar-100-binary");
        default -> Path.of(name);
      };
      if (Files.exists(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw new UserError("--data is " + name + ": it is no path: " + e.getReason(), e);
    }
    throw new UserError("--data is " + name + ": it must be " + DIGITS + ", " + FASHION_MNIST
        + ", " + CIFAR_10 + ", " + CIFAR_100 + ", or a folder or a file that exists");
  }
}
