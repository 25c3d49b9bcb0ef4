package io.fixlane.conformance.bytes;

/** Text of a file that may hold anything, made fit for one line of an error message. */
public final class Excerpt {
  private static final int MAX_LENGTH = 40;

  private Excerpt() {}

  /**
   * Returns the beginning of {@code text}, one char a byte, with bytes that are not printable ASCII
   * as {@code \xNN}.
   */
  public static String of(String text) {
    return text.length() > MAX_LENGTH
        ? printable(text.substring(0, MAX_LENGTH)) + "..."
        : printable(text);
  }

  /** Returns all of {@code text}, with bytes that are not printable ASCII as {@code \xNN}. */
  public static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    for (char c : text.toCharArray()) {
      printable.append(c >= ' ' && c <= '~' ? String.valueOf(c) : byteText(c));
    }
    return printable.toString();
  }

  /** Returns a byte as {@code \xNN}. */
  public static String byteText(int b) {
    return "\\x" + Character.forDigit(b >> 4 & 15, 16) + Character.forDigit(b & 15, 16);
  }
}
