package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.compile.VectorProvider;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns planes of channels into pixels of channels, and back: by squares of words, of which the
 * last of a row or column overlap the ones before, and word by word where no square fits.
 */
public final class Transposition {
  // Words on a side of a block whose source and target lie in the L1 cache.
  private static final int BLOCK = 32;
  private static final Transposition[] OF_CONTAINERS =
      Stream.of(Container.values()).map(Transposition::new).toArray(Transposition[]::new);

  private record Entry(int bits, Class<?> source, Class<?> target, Square square) {}

  private final Container container;
  private volatile Entry[] entries = {};

  private Transposition(Container container) {
    this.container = container;
  }

  /** Returns room for words on their way, for one thread. */
  public static long[] room() {
    return new long[2 * Square.MOST_LONGS];
  }

  /**
   * Copies a matrix: {@code target[column][row] = source[row][column]}.
   *
   * @param container what words lie in
   * @param source the source
   * @param from its byte offset
   * @param fromStride words from one row of it to the next
   * @param target the target, apart from the source
   * @param to its byte offset
   * @param toStride words from one column of the source to the next, in the target
   * @param rows the source's rows
   * @param columns the source's columns
   * @param room {@link #room}
   */
  public static void transpose(Container container, MemorySegment source, long from,
      long fromStride, MemorySegment target, long to, long toStride, int rows, int columns,
      long[] room) {
    int bytes = container.bytes();
    if (rows == 1 && toStride == 1 || columns == 1 && fromStride == 1) {
      MemorySegment.copy(source, from, target, to, (long) rows * columns * bytes);
      return;
    }
    Square square = OF_CONTAINERS[container.ordinal()]
        .square(Math.min(rows, columns), source.getClass(), target.getClass());
    int side = square == null ? BLOCK : square.side();
    for (int i = 0; i < rows; i += side) {
      int row = square == null ? i : Math.min(i, rows - side);
      for (int j = 0; j < columns; j += side) {
        int column = square == null ? j : Math.min(j, columns - side);
        long first = from + (row * fromStride + column) * bytes;
        long goal = to + (column * toStride + row) * bytes;
        if (square == null) {
          words(container, source, first, fromStride, target, goal, toStride,
              Math.min(BLOCK, rows - row), Math.min(BLOCK, columns - column));
        } else {
          square.transpose(source, first, fromStride * bytes, target, goal, toStride * bytes,
              room);
        }
      }
    }
  }

  /** Returns the largest squares that fit in a matrix with sides so long; null where none does. */
  private @Nullable Square square(int side, Class<?> source, Class<?> target) {
    if (container.bits() == Long.SIZE) {
      return null;
    }
    int bits = container.bits() <= VectorSquare.MOST_WORD_BITS ? VectorProvider.vectorBits() : 0;
    while (bits >= VectorSquare.FEWEST_BITS && bits / container.bits() > side) {
      bits /= 2;
    }
    if (bits < VectorSquare.FEWEST_BITS) {
      bits = Long.SIZE;
    }
    if (bits / container.bits() > side) {
      return null;
    }
    for (Entry entry : entries) {
      if (entry.bits == bits && entry.source == source && entry.target == target) {
        return entry.square;
      }
    }
    return add(bits, source, target);
  }

  private synchronized Square add(int bits, Class<?> source, Class<?> target) {
    int word = container.bits();
    Square square = bits == Long.SIZE
        ? new ScalarSquare.Data(word, source, target).square()
        : new VectorSquare.Data(word, bits, source, target).square();
    Entry[] more = Arrays.copyOf(entries, entries.length + 1);
    more[entries.length] = new Entry(bits, source, target, square);
    entries = more;
    return square;
  }

  private static void words(Container container, MemorySegment source, long from, long fromStride,
      MemorySegment target, long to, long toStride, int rows, int columns) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        long read = from + (row * fromStride + column) * container.bytes();
        long write = to + (column * toStride + row) * container.bytes();
        container.write(target, write, container.read(source, read));
      }
    }
  }
}
