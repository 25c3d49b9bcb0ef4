package io.fixlane.cli.words.file;

import io.fixlane.cli.console.UserError;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of files that hold words. */
public enum FileKind {
  /** An array of numpy. */
  NPY("npy"),
  /** Arrays of numpy in a zip file. */
  NPZ("npz"),
  /** Rows of decimals between commas. */
  CSV("csv"),
  /** Decimals between blanks, a line each. */
  DECIMAL("txt", "dat", "log"),
  /** Hexadecimal digits of words, a line each. */
  HEX("hex"),
  /** What $readmemh of Verilog reads. */
  MEM("mem"),
  /** What $readmemb of Verilog reads. */
  MEMB("memb"),
  /** Coefficients, as Vivado's memories and filters take them. */
  COE("coe"),
  /** An array of C, as hls4ml writes weights. */
  H("h", "hpp");

  private final List<String> endings;

  FileKind(String... endings) {
    this.endings = List.of(endings);
  }

  /** Returns its name on a command line. */
  public String option() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether the bits of words stand there, and never values. */
  public boolean isBits() {
    return switch (this) {
      case HEX, MEM, MEMB, COE -> true;
      case NPY, NPZ, CSV, DECIMAL, H -> false;
    };
  }

  /** Returns whether a file has arrays by name. */
  public boolean hasNames() {
    return this == NPZ || this == H;
  }

  /** Returns the kind of a file by its name, or nothing where that tells none. */
  public static Optional<FileKind> find(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(kind -> kind.endings.contains(ending)).findFirst();
  }

  /**
   * Returns the kind of a file.
   *
   * @param option what names the file, such as {@code FILE}
   * @param kind what the user says that it is, or null where its name tells
   * @param kindOption the option that says it
   * @throws UserError if the name tells none
   */
  public static FileKind of(String option, Path file, @Nullable FileKind kind, String kindOption) {
    if (kind != null) {
      return kind;
    }
    return find(file).orElseThrow(() -> new UserError(option + " is " + file
        + ": its name does not end as that of a file of words does; " + kindOption
        + " says what it is"));
  }
}
