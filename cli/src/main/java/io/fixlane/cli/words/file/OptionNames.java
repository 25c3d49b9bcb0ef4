package io.fixlane.cli.words.file;

/**
 * What the options of a command that reads words are called.
 *
 * @param file what names the file
 * @param cast what asks for values to be cast
 * @param array how one array of several is chosen
 */
public record OptionNames(String file, String cast, String array) {
  /** Those of {@code fixlane words}. */
  public static final OptionNames WORDS =
      new OptionNames("FILE", "--cast", "--array says which is meant");

  private static final String APART = "fixlane words --array NAME --out writes one apart";

  /** Returns those of a command that takes whole files and has {@code --cast}. */
  public static OptionNames ofSamples(String file) {
    return new OptionNames(file, "--cast", APART);
  }

  /** Returns those of {@code fixlane compare}. */
  public static OptionNames ofCompare(String file) {
    return new OptionNames(file, "--numbers cast", APART);
  }

  /** Returns what is said behind the reason why a number is no word. */
  String hint(String reason) {
    return reason.contains(" is no value of ")
        ? "; " + cast + " takes the word that it is cast into"
        : "";
  }
}
