package io.fixlane.conformance;

import io.fixlane.format.FixedFormat;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a vector file block by block and line by line, plain or gzip as its first bytes tell. It
 * holds the operands of one block and one line of expected words, so the file may be of any size.
 *
 * {@snippet class="io.fixlane.conformance.VectorFileExample" region="read"}
 */
public final class VectorReader implements Closeable {
  private final LineReader in;
  private @Nullable VectorBlock block;

  /**
   * Opens a file.
   *
   * @throws VectorFileException if it cannot be read
   */
  public VectorReader(VectorSource source) throws VectorFileException {
    this(new ByteScanner(source));
  }

  VectorReader(ByteScanner bytes) {
    in = new LineReader(bytes);
  }

  /** Returns how many bytes of the file have been read so far, before they are decompressed. */
  public long bytesRead() {
    return in.bytesRead();
  }

  /**
   * Reads the next block up to its first expected line; expected lines of the last block that have
   * not been read are passed.
   *
   * @return the block, or null at the end of the file
   * @throws VectorFileException if the file breaks a rule of the format; the message names file,
   *     line and column
   */
  public @Nullable VectorBlock nextBlock() throws VectorFileException {
    while (nextExpected() != null) {
      // The words are checked, and dropped.
    }
    LineKey key = in.key();
    if (key == null) {
      if (block == null) {
        throw in.errorHere("the file is empty: expected a block, which begins with an op line");
      }
      return null;
    }
    if (key != LineKey.OP) {
      throw in.errorAtKey(
          "a line '" + key.text() + "' before the first block: a block begins with an op line");
    }
    block = readBlock();
    return block;
  }

  /**
   * Reads the next expected line of the current block.
   *
   * @return the words, or null where the block ends
   * @throws VectorFileException if the file breaks a rule of the format; the message names file,
   *     line and column
   */
  public @Nullable ExpectedWords nextExpected() throws VectorFileException {
    VectorBlock current = block;
    LineKey key = in.key();
    if (current == null || key == null || key == LineKey.OP) {
      return null;
    }
    if (key != LineKey.Z) {
      throw in.errorAtKey("a line '" + key.text()
          + "' after a z line: the operands of a block stand before its first z");
    }
    long line = in.line();
    WordType type = in.type(z -> BlockRules.checkResult(current, z));
    int size = current.resultSize();
    WordsBuilder words = new WordsBuilder(type);
    in.values(words, size, _ -> {});
    endValues(LineKey.Z, words, words.size() == size, "" + size);
    return new ExpectedWords(words.build(), line);
  }

  private VectorBlock readBlock() throws VectorFileException {
    long line = in.line();
    Operation operation = in.operation();
    Signature signature = operation.signature();
    Words x = readOperand(operation, LineKey.X,
        signature.layer() ? signature.x() : Signature.MAX_WORDS, null, line);
    Words y = signature.y() == 0
        ? null
        : readOperand(operation, LineKey.Y, signature.yWords(x.size()), x.type(), line);
    boolean biased = signature.bias() > 0 && in.key() == LineKey.BIAS;
    Words bias = biased ? readOperand(operation, LineKey.BIAS, signature.bias(), null, line) : null;
    FixedFormat accumulator = null;
    if (signature.layer()) {
      require(LineKey.ACC, operation, line);
      accumulator = in.type(acc -> {
        BlockRules.checkOperand(operation, LineKey.ACC, acc);
        BlockRules.checkTypes(operation, x.type(), y.type(), acc.fixed());
      }).fixed();
      in.endLine();
    }
    require(LineKey.Z, operation, line);
    return new VectorBlock(operation, x, y, bias, accumulator, line);
  }

  /**
   * Reads an operand; {@code first} is the type of x where this is y, the operand that settles the
   * result's format.
   */
  private Words readOperand(Operation operation, LineKey key, int max, @Nullable WordType first,
      long opLine)
      throws VectorFileException {
    require(key, operation, opLine);
    Signature signature = operation.signature();
    WordType type = in.type(t -> {
      BlockRules.checkOperand(operation, key, t);
      if (key != LineKey.X || signature.layer()) {
        Signature.requireFitting(key, max, t);
      }
      if (first != null || key == LineKey.X && signature.y() == 0) {
        BlockRules.checkTypes(operation, first == null ? t : first, t, null);
      }
    });
    WordsBuilder words = new WordsBuilder(type);
    in.values(words, max,
        w -> BlockRules.checkWord(operation, key, type, w.lastLow(), w.lastIsZero()));
    boolean anyLength = key == LineKey.X && !signature.layer();
    boolean fits = anyLength ? signature.fitsX(words.size()) : words.size() == max;
    endValues(key, words, fits, anyLength ? BlockRules.xWords(signature) : "" + max);
    return words.build();
  }

  private void endValues(LineKey key, WordsBuilder words, boolean fits, String rule)
      throws VectorFileException {
    if (!fits) {
      throw in.errorHere(key.text() + " has " + words.size() + " values: expected " + rule);
    }
    in.endLine();
  }

  private void require(LineKey needed, Operation operation, long opLine)
      throws VectorFileException {
    LineKey found = in.key();
    if (found == needed) {
      return;
    }
    String here = "the block '" + operation.name() + "' of line " + opLine;
    if (found == null || found == LineKey.OP) {
      throw in.errorAtKey(here + " ends without its " + needed.text() + " line");
    }
    if (!operation.signature().takes(found)) {
      throw in.errorAtKey(operation.name() + " takes no " + found.text() + " line");
    }
    throw in
        .errorAtKey("a line '" + found.text() + "' where " + here + " needs its " + needed.text()
            + " line: each stands once, in the order op, x, y, bias, acc, z");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
