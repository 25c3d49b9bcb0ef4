package io.fixlane.cli.words;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the numbers of a file are: one of them, or what they are in files of its kind. */
final class NumbersOption {
  @Option(
      names = "--raw",
      description = "Integers are raw words: of an .npy or .npz file they are that already.")
  private boolean raw;

  @Option(
      names = "--values",
      description = "Numbers are values, each exactly that of a word: as floats of an .npy or "
          + ".npz file, decimals of a text and numbers of a C header are already.")
  private boolean values;

  @Option(
      names = "--cast",
      description = "Numbers are values, and are cast into FORMAT by its modes.")
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
