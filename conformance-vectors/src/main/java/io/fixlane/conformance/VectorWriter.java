package io.fixlane.conformance;

import io.fixlane.files.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a vector file, which {@link VectorReader} reads back.
 *
 * {@snippet class="io.fixlane.conformance.VectorFileExample" region="write"}
 */
public final class VectorWriter {
  private final OutputStream out;
  private @Nullable VectorBlock block;
  private boolean expected;

  private VectorWriter(OutputStream out) {
    this.out = out;
  }

  /** What is written. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes blocks, each followed by its expected words.
     *
     * @throws IOException if they cannot be written
     */
    void writeTo(VectorWriter writer) throws IOException;
  }

  /**
   * Writes a file, gzip where its name ends in {@code .gz}. It appears when all of it is written,
   * in place of any other of its name; if that fails, nothing is left behind.
   *
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if the content breaks a rule of the format
   */
  public static void write(Path file, Content content) throws IOException {
    boolean gzip = file.getFileName().toString().endsWith(".gz");
    AtomicFile.write(file, out -> write(out, gzip, content));
  }

  /**
   * Writes to a stream, and leaves it open.
   *
   * @throws IOException if the stream cannot be written to
   * @throws IllegalArgumentException if the content breaks a rule of the format
   */
  public static void write(OutputStream out, boolean gzip, Content content) throws IOException {
    GZIPOutputStream compressed = gzip ? new GZIPOutputStream(out) : null;
    OutputStream buffered = new BufferedOutputStream(compressed == null ? out : compressed);
    VectorWriter writer = new VectorWriter(buffered);
    content.writeTo(writer);
    writer.requireExpected();
    buffered.flush();
    if (compressed != null) {
      compressed.finish();
    }
  }

  /**
   * Writes operation and operands of a block.
   *
   * @throws IOException if it cannot be written
   * @throws IllegalStateException if the last block has no expected words
   */
  public void block(VectorBlock next) throws IOException {
    if (block != null) {
      requireExpected();
    }
    line(LineKey.OP, next.operation().text());
    words(LineKey.X, next.x());
    words(LineKey.Y, next.y());
    words(LineKey.BIAS, next.bias());
    if (next.accumulator() != null) {
      line(LineKey.ACC, next.accumulator().toString());
    }
    block = next;
    expected = false;
  }

  /**
   * Writes one line of expected words of the last block.
   *
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if they are not of the type or the number that the block calls
   *     for
   * @throws IllegalStateException if there is no block
   */
  public void expected(Words words) throws IOException {
    if (block == null) {
      throw new IllegalStateException("expected words stand behind a block, and there is none yet");
    }
    BlockRules.checkResult(block, words.type());
    if (words.size() != block.resultSize()) {
      throw new IllegalArgumentException(
          "z has " + words.size() + " words: the operands of " + block.operation().text()
              + " call for "
              + block.resultSize());
    }
    words(LineKey.Z, words);
    expected = true;
  }

  private void requireExpected() {
    if (!expected) {
      throw new IllegalStateException(
          block == null ? "the file has no block" : "the block has no expected words");
    }
  }

  private void words(LineKey key, @Nullable Words words) throws IOException {
    if (words == null) {
      return;
    }
    text(key.text() + "\t" + words.type());
    for (int i = 0; i < words.size(); i++) {
      text((i == 0 ? "\t" : " ") + words.type().wordText(words.raw(i)));
    }
    out.write('\n');
  }

  private void line(LineKey key, String value) throws IOException {
    text(key.text() + "\t" + value + "\n");
  }

  private void text(String ascii) throws IOException {
    out.write(ascii.getBytes(StandardCharsets.US_ASCII));
  }
}
