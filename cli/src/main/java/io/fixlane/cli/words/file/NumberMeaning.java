package io.fixlane.cli.words.file;

/** What the numbers of a file stand for. */
public enum NumberMeaning {
  /** Integers are raw words. */
  RAW("raw words"),
  /** Numbers are values, each exactly that of a word. */
  VALUES("values"),
  /** Numbers are values, which are cast into the format by its modes. */
  CAST("values to be cast");

  private final String text;

  NumberMeaning(String text) {
    this.text = text;
  }

  /** Returns it in words. */
  public String text() {
    return text;
  }
}
