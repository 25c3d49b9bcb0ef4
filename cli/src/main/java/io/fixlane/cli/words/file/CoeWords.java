package io.fixlane.cli.words.file;

import io.fixlane.cli.console.UserError;
import io.fixlane.conformance.DumpNotation;
import io.fixlane.conformance.DumpNumbers;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of coefficients: statements {@code KEY=VALUE;}, behind whose semicolon the rest of a line
 * is a comment. The radix comes before the words.
 */
final class CoeWords implements WordSource {
  private static final Set<String> RADIX = Set.of("memory_initialization_radix", "radix");
  private static final Set<String> WORDS = Set.of("memory_initialization_vector", "coefdata");

  private final WordInput input;
  private final TextInput in;
  private int radix;
  private boolean begun;
  private boolean ended;
  private long words;

  CoeWords(WordInput input) throws IOException {
    this.input = input;
    in = new TextInput(input.file());
  }

  @Override
  public @Nullable BigInteger next() throws IOException {
    if (!begun) {
      begin();
      begun = true;
    }
    while (!ended) {
      if (in.peek() == TextInput.END) {
        throw in.error("the file ends before the ';' behind its words");
      } else if (in.peek() == ';') {
        in.skipLine();
        end();
      } else if (in.atBlank() || in.peek() == ',') {
        in.take();
      } else {
        return word(Token.read(in, c -> c == ',' || c == ';'));
      }
    }
    return null;
  }

  /** Reads the statements before the words. */
  private void begin() throws IOException {
    while (true) {
      skipComments();
      Token key = Token.read(in, c -> c == '=' || c == ';');
      while (in.atBlank()) {
        in.take();
      }
      if (key.text().isEmpty() || in.peek() != '=') {
        throw in.error(in.peek() == TextInput.END
            ? "the file ends before its words, behind memory_initialization_vector="
            : "KEY=VALUE; is expected");
      }
      in.take();
      String name = key.text().toLowerCase(Locale.ROOT);
      if (WORDS.contains(name)) {
        if (radix == 0) {
          throw in.error("the radix must stand before the words: memory_initialization_radix=16;");
        }
        return;
      }
      String value = value();
      if (RADIX.contains(name)) {
        radix = radix(value);
      }
    }
  }

  private void skipComments() throws IOException {
    while (in.atBlank() || in.peek() == ';') {
      if (in.peek() == ';') {
        in.skipLine();
      } else {
        in.take();
      }
    }
  }

  private String value() throws IOException {
    StringBuilder value = new StringBuilder();
    while (in.peek() != ';') {
      if (in.atBlank()) {
        in.take();
      } else if (in.peek() == TextInput.END) {
        throw in.error("the file ends before a ';'");
      } else {
        value.append(Token.read(in, c -> c == ';').text());
      }
    }
    in.skipLine();
    return value.toString();
  }

  private int radix(String text) {
    return switch (text) {
      case "2" -> 2;
      case "10" -> 10;
      case "16" -> 16;
      default -> throw in.error(
          "the radix is " + TextInput.excerpt(text) + ": it must be 2, 10 or 16");
    };
  }

  private BigInteger word(Token token) {
    String text = token.text();
    if (radix == 2 && !text.matches("[01]+")) {
      throw input.refused(token.place(), words, new IllegalArgumentException(
          TextInput.excerpt(text) + " is no number: expected binary digits"));
    }
    if (radix == 10 && !text.matches("-?[0-9]+")) {
      throw input.refused(token.place(), words, new IllegalArgumentException(
          TextInput.excerpt(text) + " is no number: expected decimal digits"));
    }
    DumpNumbers numbers =
        DumpNumbers.of(input.format(), radix == 16 ? DumpNotation.HEX : DumpNotation.WORDS);
    BigInteger word = token.word(input, numbers, radix == 2 ? "0b" + text : text, words);
    words++;
    return word;
  }

  /** Keywords behind the words are ignored, as Vivado does, but not further words. */
  private void end() throws IOException {
    skipComments();
    Token key = Token.read(in, c -> c == '=' || c == ',' || c == ';');
    while (in.atBlank()) {
      in.take();
    }
    if (in.peek() != (key.text().isEmpty() ? TextInput.END : '=')) {
      throw new UserError(input.file() + key.place()
          + ": the file goes on behind the ';' of its words");
    }
    if (words == 0) {
      throw new UserError(input.file() + ": the file has no word");
    }
    ended = true;
  }

  @Override
  public List<Long> shape() {
    return List.of(words);
  }

  @Override
  public String description() {
    return "coe " + shape() + ", radix " + radix;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
