package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.signs.SignRows;
import io.fixlane.tensor.BitPackedTensor;
import io.fixlane.tensor.FixedTensor;
import java.util.Arrays;
import java.util.Objects;

/**
 * A matrix of signs, each a bit: 1 is +1, and 0 is -1, as binarised networks have weights and
 * activations.
 *
 * <p>Each row starts at a new word of 64 bits; its signs fill words from the lowest bit up, and the
 * bits behind the last are 0. The matrix owns its words, so that nothing else can come there.
 *
 * <p>Any number of threads may read one, or write different rows of it.
 *
 * {@snippet class="io.fixlane.kernels.example.BinaryGemmExample" region="signs"}
 */
public final class BitMatrix {
  private final SignRows signs;

  private BitMatrix(int rows, int columns) {
    this.signs = SignRows.allocate(rows, columns);
  }

  /**
   * Allocates a matrix of which every sign is -1.
   *
   * @param rows the number of rows, 0 or more
   * @param columns the number of signs of a row, 1 or more
   * @throws IllegalArgumentException if a number is too small, or an array cannot hold the bits
   */
  public static BitMatrix allocate(int rows, int columns) {
    if (rows < 0) {
      throw new IllegalArgumentException("rows is " + rows + ": it must be at least 0");
    }
    if (columns < 1) {
      throw new IllegalArgumentException("columns is " + columns + ": it must be at least 1");
    }
    return new BitMatrix(rows, columns);
  }

  /** Allocates a matrix for a tensor: its last dimension is a row, the ones before count rows. */
  private static BitMatrix allocate(int[] shape, long size) {
    int columns = shape.length == 0 ? 0 : shape[shape.length - 1];
    if (columns == 0 || size / columns > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("x has the shape " + Arrays.toString(shape)
          + ": its last dimension must be a row of a sign or more, the ones before at most "
          + Integer.MAX_VALUE + " rows");
    }
    return new BitMatrix((int) (size / columns), columns);
  }

  /**
   * Returns the signs of a tensor's words, as {@link Signs} takes them: -1 where a word is
   * negative, else +1, so that 0 counts as +1.
   *
   * @param x the words: its last dimension is a row, the ones before count rows
   * @throws IllegalArgumentException if the tensor is a scalar, its last dimension is 0, or an
   *     array cannot hold the bits
   */
  public static BitMatrix signs(FixedTensor x) {
    Objects.requireNonNull(x, "x");
    BitMatrix matrix = allocate(x.shape(), x.size());
    Signs.of(x.format()).run(x, matrix);
    return matrix;
  }

  /**
   * Returns bits that are stored without gaps: 1 is +1, and 0 is -1.
   *
   * @param x words of a format {@code ap_ufixed<1,I>}: its last dimension is a row, the ones before
   *     count rows
   * @throws IllegalArgumentException if the format is wider or signed, the tensor is a scalar, its
   *     last dimension is 0, or an array cannot hold the bits
   */
  public static BitMatrix of(BitPackedTensor x) {
    Objects.requireNonNull(x, "x");
    FixedFormat format = x.format();
    if (format.width() != 1 || format.signed()) {
      throw new IllegalArgumentException("x has the format " + format
          + ": bits of signs are unsigned words of 1 bit, such as ap_ufixed<1,1>");
    }
    BitMatrix matrix = allocate(x.shape(), x.size());
    for (int row = 0; row < matrix.rows(); row++) {
      for (int column = 0; column < matrix.columns(); column++) {
        matrix.set(row, column, x.raw((long) row * matrix.columns() + column) == 0 ? -1 : 1);
      }
    }
    return matrix;
  }

  /**
   * Returns the matrix whose rows are this one's columns.
   *
   * @throws IllegalArgumentException if this matrix has no rows, or an array cannot hold the bits
   */
  public BitMatrix transpose() {
    BitMatrix matrix = allocate(columns(), rows());
    for (int row = 0; row < rows(); row++) {
      for (int column = 0; column < columns(); column++) {
        matrix.set(column, row, sign(row, column));
      }
    }
    return matrix;
  }

  /** Returns the number of rows. */
  public int rows() {
    return signs.rows();
  }

  /** Returns the number of signs of a row. */
  public int columns() {
    return signs.columns();
  }

  /**
   * Returns a sign, +1 or -1.
   *
   * @throws IndexOutOfBoundsException if there is no such row or column
   */
  public int sign(int row, int column) {
    Objects.checkIndex(row, rows());
    return signs.sign(row, Objects.checkIndex(column, columns()));
  }

  /**
   * Sets a sign.
   *
   * @param sign +1 or -1
   * @throws IndexOutOfBoundsException if there is no such row or column
   * @throws IllegalArgumentException if {@code sign} is neither
   */
  public void set(int row, int column, int sign) {
    int place = place(row, column);
    long bit = 1L << column;
    switch (sign) {
      case 1 -> signs.words()[place] |= bit;
      case -1 -> signs.words()[place] &= ~bit;
      default ->
          throw new IllegalArgumentException("sign is " + sign + ": it must be 1 or -1");
    }
  }

  private int place(int row, int column) {
    Objects.checkIndex(row, rows());
    return row * signs.rowWords() + Objects.checkIndex(column, columns()) / Long.SIZE;
  }

  SignRows signs() {
    return signs;
  }

  /** Returns whether the other matrix has the same shape and signs. */
  public boolean contentEquals(BitMatrix other) {
    Objects.requireNonNull(other, "other");
    return rows() == other.rows() && columns() == other.columns()
        && Arrays.equals(signs.words(), other.signs.words());
  }

  /** Returns the shape and the number of bytes. */
  @Override
  public String toString() {
    return rows() + " x " + columns() + " signs in "
        + (long) rows() * signs.rowWords() * Long.BYTES + " bytes";
  }
}
