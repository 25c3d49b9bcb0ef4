package io.fixlane.cli.words.file;

import io.fixlane.cli.console.UserError;
import io.fixlane.conformance.DumpNotation;
import io.fixlane.conformance.DumpNumbers;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What $readmemh and $readmemb of Verilog read: words as hexadecimal or binary digits, with
 * underscores between them, comments as in C, and addresses behind {@code @}, which must be those
 * that the words have anyhow.
 */
final class MemWords implements WordSource {
  private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F]{1,15}");
  private static final Pattern UNKNOWN = Pattern.compile("[xXzZ?]");

  private final WordInput input;
  private final TextInput in;
  private final DumpNumbers numbers;
  private final boolean binary;
  private long words;
  private long first;

  MemWords(WordInput input) throws IOException {
    this.input = input;
    binary = input.kind() == FileKind.MEMB;
    numbers = DumpNumbers.of(input.format(), binary ? DumpNotation.WORDS : DumpNotation.HEX);
    in = new TextInput(input.file());
  }

  @Override
  public @Nullable BigInteger next() throws IOException {
    while (true) {
      if (in.startsWith('/', '/')) {
        in.skipLine();
      } else if (in.startsWith('/', '*')) {
        in.skipComment();
      } else if (in.atBlank()) {
        in.take();
      } else if (in.peek() == TextInput.END) {
        return atEnd();
      } else {
        Token token = Token.read(in, c -> c == '/');
        if (!token.text().startsWith("@")) {
          return word(token);
        }
        requireAddress(token);
      }
    }
  }

  private @Nullable BigInteger atEnd() {
    if (words == 0) {
      throw in.error("the file has no word");
    }
    return null;
  }

  private void requireAddress(Token token) {
    String digits = token.text().substring(1);
    if (!ADDRESS.matcher(digits).matches()) {
      throw new UserError(input.file() + token.place() + ": " + TextInput.excerpt(token.text())
          + " is no address: '@' and up to 15 hexadecimal digits are one");
    }
    long address = Long.parseLong(digits, 16);
    if (words == 0) {
      first = address;
    } else if (address != first + words) {
      throw new UserError(input.file() + token.place() + ": the address @" + digits
          + " follows @" + Long.toHexString(first + words - 1)
          + ": words must stand one behind the other");
    }
  }

  private BigInteger word(Token token) {
    String digits = token.text().replace("_", "");
    if (UNKNOWN.matcher(digits).find()) {
      throw input.refused(token.place(), words, new IllegalArgumentException(
          TextInput.excerpt(token.text()) + " has bits that are unknown: x or z"));
    }
    if (binary && !digits.matches("[01]+")) {
      throw input.refused(token.place(), words, new IllegalArgumentException(
          TextInput.excerpt(token.text()) + " is no number: expected binary digits"));
    }
    BigInteger word = token.word(input, numbers, binary ? "0b" + digits : digits, words);
    words++;
    return word;
  }

  @Override
  public List<Long> shape() {
    return List.of(words);
  }

  @Override
  public String description() {
    return input.kind().option() + " " + shape();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
