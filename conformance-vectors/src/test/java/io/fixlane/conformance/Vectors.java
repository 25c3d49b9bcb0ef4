package io.fixlane.conformance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Vector files in memory. */
final class Vectors {
  private Vectors() {}

  /** A block with its expected lines. */
  record Block(VectorBlock block, List<Words> expected) {}

  static VectorSource source(String text) {
    return source(text.getBytes(StandardCharsets.UTF_8));
  }

  static VectorSource source(byte[] bytes) {
    return new VectorSource("test.vec", bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  static byte[] write(List<Block> blocks, boolean gzip) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    VectorWriter.write(bytes, gzip, writer -> {
      for (Block block : blocks) {
        writer.block(block.block());
        for (Words words : block.expected()) {
          writer.expected(words);
        }
      }
    });
    return bytes.toByteArray();
  }

  static List<Block> read(VectorSource source) throws IOException {
    List<Block> blocks = new ArrayList<>();
    try (VectorReader reader = new VectorReader(source)) {
      for (VectorBlock block = reader.nextBlock(); block != null; block = reader.nextBlock()) {
        List<Words> expected = new ArrayList<>();
        for (ExpectedWords z = reader.nextExpected(); z != null; z = reader.nextExpected()) {
          expected.add(z.words());
        }
        blocks.add(new Block(block, expected));
      }
    }
    return blocks;
  }

  static ConformanceReport checkReference(VectorSource source) throws IOException {
    return new ConformanceSuite(new ReferenceImplementation()).run(source);
  }
}
