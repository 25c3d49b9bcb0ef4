package io.fixlane.cli.words.file;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Coefficients in hexadecimal digits. */
final class CoeSink implements WordSink {
  private final WordOutput output;
  private final Writer out;
  private boolean begun;

  CoeSink(WordOutput output, List<Long> shape, OutputStream target) throws IOException {
    this.output = output;
    out = new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.US_ASCII));
    out.write("; " + output.format() + " " + shape
        + "\nmemory_initialization_radix=16;\nmemory_initialization_vector=");
  }

  @Override
  public void put(BigInteger raw) throws IOException {
    out.write(begun ? ",\n" : "\n");
    out.write(WordDigits.hex(output.format(), raw));
    begun = true;
  }

  @Override
  public void finish() throws IOException {
    out.write(";\n");
    out.flush();
  }
}
