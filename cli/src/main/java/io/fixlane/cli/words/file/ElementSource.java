package io.fixlane.cli.words.file;

import io.fixlane.tensor.npy.NpyArray;
import io.fixlane.tensor.npy.NpyReader;
import java.io.IOException;

/** The elements of an array in row-major order. */
interface ElementSource {
  /** Returns whether another one follows. */
  boolean hasNext() throws IOException;

  /** Returns the next one: an integer, or the bits of a float. */
  long nextBits() throws IOException;

  /** Returns the elements of a file: as it goes, or all at once where they lie column by column. */
  static ElementSource of(NpyReader reader) throws IOException {
    if (!reader.header().isRowMajor()) {
      return new InMemory(NpyArray.read(reader));
    }
    return new ElementSource() {
      @Override
      public boolean hasNext() throws IOException {
        return reader.hasNext();
      }

      @Override
      public long nextBits() throws IOException {
        return reader.nextBits();
      }
    };
  }

  /** Elements that were read. */
  final class InMemory implements ElementSource {
    private final NpyArray array;
    private long next;

    InMemory(NpyArray array) {
      this.array = array;
    }

    @Override
    public boolean hasNext() {
      return next < array.size();
    }

    @Override
    public long nextBits() {
      return array.bits(next++);
    }
  }
}
