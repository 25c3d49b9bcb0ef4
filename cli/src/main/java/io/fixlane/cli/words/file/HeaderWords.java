package io.fixlane.cli.words.file;

import io.fixlane.reference.Fixed;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The initializer of an array of C or C++: {@code weight2_t w2[1024] = {0.5, -0.25, ...};}, in
 * nested braces too. Arrays of C's integers hold raw words, all others values. A comment as hls4ml
 * writes it, {@code //Numpy array shape [16, 64]}, tells the dimensions.
 */
final class HeaderWords implements WordSource {
  private static final int LONGEST_NOTE = 1000;
  private static final Pattern SHAPE =
      Pattern.compile("\\s*Numpy array shape \\[([0-9]{1,9}(?:, [0-9]{1,9})*)\\]\\s*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_:.]+");

  private final WordInput input;
  private final TextInput in;
  private final Declaration declaration = new Declaration();
  private final List<String> names = new ArrayList<>();
  private List<Long> noted = List.of();
  private int depth;
  private boolean wanted;
  private List<Long> shape = List.of();
  private NumberMeaning meaning;
  private long words;

  HeaderWords(WordInput input) throws IOException {
    this.input = input;
    meaning = input.ofDecimals();
    in = new TextInput(input.file());
  }

  @Override
  public @Nullable BigInteger next() throws IOException {
    while (depth > 0 || findArray()) {
      BigInteger word = nextInArray();
      if (word != null && wanted) {
        return word;
      }
    }
    ArrayChoice.choose(input, names);
    return null;
  }

  /** Goes behind the brace of the next array; returns false where there is none. */
  private boolean findArray() throws IOException {
    while (in.peek() != TextInput.END) {
      if (skipsNote()) {
        continue;
      }
      Token token = Token.read(in, c -> !isOfName(c));
      if (!token.text().isEmpty()) {
        declaration.add(token.text());
        continue;
      }
      int sign = in.take();
      switch (sign) {
        case '#' -> skipDirective();
        case '"', '\'' -> skipText(sign);
        case '[' -> addDimension();
        case '=' -> declaration.assign();
        case ';', '(', ')', '}' -> declaration.clear();
        case '{' -> {
          if (declaration.isArray()) {
            begin();
            return true;
          }
          declaration.clear();
        }
        default -> declaration.add(String.valueOf((char) sign));
      }
    }
    return false;
  }

  private static boolean isOfName(int c) {
    return c != TextInput.END && NAME.matcher(String.valueOf((char) c)).matches();
  }

  /** Skips blanks and comments, of which one may tell the dimensions. */
  private boolean skipsNote() throws IOException {
    if (in.atBlank()) {
      in.take();
    } else if (in.startsWith('/', '*')) {
      in.skipComment();
    } else if (in.startsWith('/', '/')) {
      in.take();
      in.take();
      StringBuilder line = new StringBuilder();
      while (in.peek() != TextInput.END && in.peek() != '\n' && line.length() < LONGEST_NOTE) {
        line.append((char) in.take());
      }
      in.skipLine();
      Matcher note = SHAPE.matcher(line);
      noted = note.matches()
          ? Arrays.stream(note.group(1).split(", ")).map(Long::valueOf).toList()
          : noted;
    } else {
      return false;
    }
    return true;
  }

  private void skipDirective() throws IOException {
    int last = ' ';
    while (in.peek() != TextInput.END && (in.peek() != '\n' || last == '\\')) {
      int taken = in.take();
      last = taken == '\r' ? last : taken;
    }
  }

  private void skipText(int quote) throws IOException {
    while (in.peek() != TextInput.END && in.peek() != quote && in.peek() != '\n') {
      if (in.take() == '\\') {
        in.take();
      }
    }
    in.take();
  }

  private void addDimension() throws IOException {
    StringBuilder dimension = new StringBuilder();
    while (in.peek() != ']') {
      if (in.peek() == ';' || in.peek() == '{' || in.peek() == TextInput.END
          || dimension.length() == LONGEST_NOTE) {
        throw in.error("']' is expected behind a dimension");
      }
      dimension.append((char) in.take());
    }
    in.take();
    declaration.addDimension(dimension.toString());
  }

  private void begin() {
    String name = declaration.name();
    wanted = input.array() == null ? names.isEmpty() : name.equals(input.array());
    names.add(name);
    depth = 1;
    if (wanted) {
      if (words > 0) {
        throw in.error("the array " + name + " is there twice");
      }
      shape = declaration.dimensions();
      meaning = declaration.isInteger() ? NumberMeaning.RAW : input.ofDecimals();
    }
  }

  /** Returns the next word, or null where braces begin or end. */
  private @Nullable BigInteger nextInArray() throws IOException {
    while (in.atBlank() || in.peek() == ',' || in.startsWith('/', '/')
        || in.startsWith('/', '*')) {
      if (in.peek() == ',') {
        in.take();
      } else {
        skipsNote();
      }
    }
    switch (in.peek()) {
      case TextInput.END -> throw in.error("the file ends within braces");
      case '{' -> {
        in.take();
        depth++;
        return null;
      }
      case '}' -> {
        in.take();
        depth--;
        if (depth == 0) {
          end();
        }
        return null;
      }
      default -> {
        Token token = Token.read(in, c -> c == ',' || c == '{' || c == '}' || c == '/');
        return wanted ? word(token) : null;
      }
    }
  }

  private BigInteger word(Token token) {
    String number = CNumber.of(token.text());
    if (CNumber.isOctal(number)) {
      throw input.refused(token.place(), words, new IllegalArgumentException(
          TextInput.excerpt(token.text()) + " begins with 0, and is octal in C: it is not read"));
    }
    if (number.isEmpty()) {
      throw input.refused(token.place(), words, new IllegalArgumentException(
          TextInput.excerpt(token.text() + (char) in.peek()) + " is no number"));
    }
    BigInteger word = taken() == NumberMeaning.CAST && CNumber.isFraction(number)
        ? cast(token, number)
        : token.word(input, input.numbers(meaning),
            taken() == NumberMeaning.RAW ? number : CNumber.decimal(number), words);
    words++;
    return word;
  }

  /** Returns what a decimal is cast into, which C++ has rounded to a double, or a float, before. */
  private BigInteger cast(Token token, String number) {
    double value = CNumber.isFloat(token.text())
        ? Float.parseFloat(number)
        : Double.parseDouble(number);
    try {
      return Fixed.from(input.format(), value).raw();
    } catch (IllegalArgumentException e) {
      throw input.refused(token.place(), words, e);
    }
  }

  private NumberMeaning taken() {
    return input.meaning() == null ? meaning : input.meaning();
  }

  private void end() {
    if (wanted) {
      shape = shape(declaration.name());
    }
    wanted = false;
    noted = List.of();
    declaration.clear();
  }

  /** Returns the dimensions that the comment tells, where they are as many words, or else C's. */
  private List<Long> shape(String name) {
    if (words == 0) {
      throw in.error("the array " + name + " has no words");
    }
    if (!noted.isEmpty() && holdsWords(noted)) {
      return noted;
    }
    if (shape.contains(Declaration.UNKNOWN)) {
      return List.of(words);
    }
    if (!holdsWords(shape)) {
      throw in.error("the array " + name + " is declared as " + shape + ", and has " + words
          + " words");
    }
    return shape;
  }

  private boolean holdsWords(List<Long> dimensions) {
    try {
      return dimensions.stream().reduce(1L, Math::multiplyExact) == words;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  @Override
  public List<Long> shape() {
    return shape;
  }

  @Override
  public String description() {
    return "h " + shape + ", " + taken().text();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
