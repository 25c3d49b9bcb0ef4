package io.fixlane.cli.words;

import io.fixlane.cli.words.file.NumberMeaning;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the numbers of a file are: one of them, or what they are in files of its kind. */
public final class NumbersOption {
  @Option(
      names = "--raw",
      description = "Integers are raw words, as those of .npy and .npz files are anyhow.")
  private boolean raw;

  @Option(
      names = "--values",
      description = "Numbers are values, each exactly that of a word.")
  private boolean values;

  @Option(
      names = "--cast",
      description = "Numbers are values, and are cast into the format by its modes.")
  private boolean cast;

  /** Returns what is asked for, or null where nothing is. */
  @Nullable
  NumberMeaning meaning() {
    if (raw) {
      return NumberMeaning.RAW;
    }
    if (values) {
      return NumberMeaning.VALUES;
    }
    return cast ? NumberMeaning.CAST : null;
  }
}
