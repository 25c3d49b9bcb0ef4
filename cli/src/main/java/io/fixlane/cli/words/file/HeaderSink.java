package io.fixlane.cli.words.file;

import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.npy.NpyType;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A header of C with the comments that hls4ml writes: an array of values, of the fixed-point type,
 * or of raw words as integers of C.
 */
final class HeaderSink implements WordSink {
  private static final int LINE = 96;

  private final WordOutput output;
  private final Writer out;
  private int column;
  private boolean begun;

  HeaderSink(WordOutput output, List<Long> shape, WordStatistics statistics,
      OutputStream target) throws IOException {
    this.output = output;
    out = new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.US_ASCII));
    FixedFormat format = output.format();
    String guard = output.name().toUpperCase(Locale.ROOT) + "_H_";
    String type = output.values()
        ? format.toString()
        : NpyType.ofWords(format).name().toLowerCase(Locale.ROOT) + "_t";
    out.write("//Numpy array shape " + shape
        + "\n//Min " + statistics.smallest() + "\n//Max " + statistics.largest()
        + "\n//Number of zeros " + statistics.zeros()
        + (output.values() ? "" : "\n//Raw words of " + format)
        + "\n\n#ifndef " + guard + "\n#define " + guard + "\n\n#include "
        + (output.values() ? "\"ap_fixed.h\"" : "<stdint.h>")
        + "\n\nstatic const " + type + " " + output.name() + "[" + statistics.words() + "] = {");
  }

  @Override
  public void put(BigInteger raw) throws IOException {
    String word = output.values() ? WordDigits.value(output.format(), raw) : literal(raw);
    if (begun) {
      out.write(',');
    }
    if (!begun || column + word.length() + 2 > LINE) {
      out.write("\n  ");
      column = 2;
    } else {
      out.write(' ');
    }
    out.write(word);
    column += word.length() + 2;
    begun = true;
  }

  /** The smallest integer of 64 bits is no literal of C: stdint.h has a name for it. */
  private static String literal(BigInteger raw) {
    if (raw.bitLength() < Integer.SIZE) {
      return raw.toString();
    }
    if (raw.bitLength() < Long.SIZE) {
      return raw.equals(BigInteger.valueOf(Long.MIN_VALUE)) ? "INT64_MIN" : raw + "LL";
    }
    return raw + "ULL";
  }

  @Override
  public void finish() throws IOException {
    out.write("\n};\n\n#endif\n");
    out.flush();
  }
}
