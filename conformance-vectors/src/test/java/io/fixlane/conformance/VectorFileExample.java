package io.fixlane.conformance;

import io.fixlane.conformance.Operation.Cast;
import io.fixlane.format.FixedFormat;
import java.io.IOException;
import java.nio.file.Path;

/** How to write a vector file, and read one. */
final class VectorFileExample {
  private VectorFileExample() {}

  static void write(Path file) throws IOException {
    // @start region="write"
    Words x = Words.of(FixedFormat.parse("ap_fixed<8,3>"), -5, 11);
    VectorBlock block = new VectorBlock(new Cast(), x, null, null, null, 0);
    VectorWriter.write(file, writer -> {
      writer.block(block);
      writer.expected(Words.of(FixedFormat.parse("ap_fixed<4,2>"), -1, 1));
      writer.expected(Words.of(FixedFormat.parse("ap_fixed<4,2,AP_RND>"), -1, 1));
    });
    // @end
  }

  static long countWords(Path file) throws IOException {
    // @start region="read"
    long words = 0;
    try (VectorReader reader = new VectorReader(VectorSource.of(file))) {
      while (reader.nextBlock() != null) {
        for (ExpectedWords z = reader.nextExpected(); z != null; z = reader.nextExpected()) {
          words += z.words().size();
        }
      }
    }
    // @end
    return words;
  }
}
