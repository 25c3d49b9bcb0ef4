package io.fixlane.hardware.hls;

import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.FixedTensor;
import java.util.function.IntToLongFunction;

/** Types and tables in the text of C++. */
final class Cpp {
  private static final int LINE = 96;

  private Cpp() {}

  static String typedef(FixedFormat format, String name) {
    return "typedef " + format + " " + name + ";\n";
  }

  /** Returns the narrowest integer of C++ that holds the raw words of a format. */
  static String integer(FixedFormat format) {
    int bits = Math.max(8, Integer.highestOneBit(2 * format.width() - 1));
    return (format.signed() ? "int" : "uint") + bits + "_t";
  }

  /** Returns a raw word as a literal. */
  static String literal(FixedFormat format, long raw) {
    if (format.width() <= Integer.SIZE && (format.signed() || format.width() < Integer.SIZE)) {
      return Long.toString(raw);
    }
    if (!format.signed()) {
      return Long.toUnsignedString(raw) + "ULL";
    }
    return raw == Long.MIN_VALUE ? "-" + Long.MAX_VALUE + "LL - 1" : raw + "LL";
  }

  /** Returns a table of a word for each place. */
  static String table(String name, FixedTensor words) {
    return table(name, words.format(), Math.toIntExact(words.size()), words::raw);
  }

  /** Returns a table of so many raw words. */
  static String table(String name, FixedFormat format, int size, IntToLongFunction raw) {
    StringBuilder text = new StringBuilder("// Raw words of ").append(format).append(".\n")
        .append("static const ").append(integer(format)).append(' ').append(name).append('[')
        .append(size).append("] = {\n");
    row(text, "  ", format, 0, size, raw);
    return text.append("};\n\n").toString();
  }

  /** Returns a table of rows of raw words. */
  static String table(String name, FixedFormat format, String integer, int rows, int columns,
      IntToLongFunction raw) {
    StringBuilder text = new StringBuilder("// Raw words of ").append(format).append(".\n")
        .append("static const ").append(integer).append(' ').append(name).append('[')
        .append(rows).append("][").append(columns).append("] = {\n");
    for (int row = 0; row < rows; row++) {
      text.append("  {\n");
      row(text, "    ", format, row * columns, columns, raw);
      text.append("  },\n");
    }
    return text.append("};\n\n").toString();
  }

  private static void row(StringBuilder text, String indent, FixedFormat format, int first,
      int count, IntToLongFunction raw) {
    StringBuilder line = new StringBuilder(indent);
    for (int i = 0; i < count; i++) {
      String word = literal(format, raw.applyAsLong(first + i)) + ",";
      if (line.length() + word.length() > LINE) {
        text.append(line.toString().stripTrailing()).append('\n');
        line.setLength(0);
        line.append(indent);
      }
      line.append(word).append(' ');
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
