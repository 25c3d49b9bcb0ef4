package io.fixlane.kernels.signs;

import java.util.Arrays;

/**
 * What the places of a kernel read of an image of signs. The image has a bit for each channel of
 * each pixel, without gaps in a row; each row starts at a word.
 *
 * <p>A place reads a row of bits: kernel rows, kernel columns, channels of a group, each ascending,
 * as {@link BinaryProduct} takes its weights. Taps outside the image are 0. Rows lie in blocks:
 * those of the first group, and some that tiles read beyond them, then those of the next.
 */
public final class BinaryPlaces {
  private static final int BLOCK_ROWS = BinaryProduct.MAX_ROWS + BinaryKernel.ROWS - 1;

  private final Side rows;
  private final Side columns;
  private final int channels;
  private final int groups;
  private final int width;
  private final int rowWords;
  private final int imageRowWords;

  /**
   * Makes the places.
   *
   * @param rows how places lie along the rows of the image
   * @param columns how they lie along its columns
   * @param channels the channels of the image
   * @param groups into how many groups they are divided
   */
  public BinaryPlaces(Side rows, Side columns, int channels, int groups) {
    this.rows = rows;
    this.columns = columns;
    this.channels = channels;
    this.groups = groups;
    this.width = channels / groups;
    this.rowWords = Math.ceilDiv(signs(), Long.SIZE);
    this.imageRowWords = Math.ceilDiv(columns.size() * channels, Long.SIZE);
  }

  /** Returns how the places lie along the rows of the image. */
  Side rows() {
    return rows;
  }

  /** Returns how they lie along its columns. */
  Side columns() {
    return columns;
  }

  /** Returns the signs that a place reads of a group. */
  public int signs() {
    return rows.kernel() * columns.kernel() * width;
  }

  /** Returns the places of an image. */
  public int count() {
    return rows.places() * columns.places();
  }

  /** Returns the words of a row of an image. */
  public int imageRowWords() {
    return imageRowWords;
  }

  /** Returns the words of an image, and of one more that copies read. */
  public long imageWords() {
    return (long) rows.size() * imageRowWords + 1;
  }

  /** Returns the words of a block. */
  public long blockWords() {
    return (long) groups * BLOCK_ROWS * rowWords;
  }

  /** Returns the row of a block where those of a group begin. */
  public int firstRow(int group) {
    return group * BLOCK_ROWS;
  }

  /**
   * Copies what a place reads into a row of a block, for each group.
   *
   * @param image the image, packed
   * @param place the place
   * @param block the block
   * @param row the row
   */
  public void read(long[] image, int place, long[] block, int row) {
    for (int group = 0; group < groups; group++) {
      int to = (firstRow(group) + row) * rowWords;
      Arrays.fill(block, to, to + rowWords, 0);
    }
    int placeRow = place / columns.places();
    int placeColumn = place % columns.places();
    int left = columns.firstTap(placeColumn);
    int right = columns.lastTap(placeColumn);
    int bottom = rows.lastTap(placeRow);
    int column = (int) columns.line(placeColumn, left);
    for (int y = rows.firstTap(placeRow); y < bottom; y++) {
      int from = (int) rows.line(placeRow, y) * imageRowWords;
      int tap = y * columns.kernel() + left;
      if (groups == 1 && columns.dilation() == 1) {
        copy(image, from, column * channels, block, row * rowWords, tap * channels,
            (right - left) * channels);
      } else {
        for (int x = 0; x < right - left; x++) {
          readPixel(image, from, column + x * columns.dilation(), block, row, tap + x);
        }
      }
    }
  }

  private void readPixel(
      long[] image, int from, int column, long[] block, int row, int tap) {
    for (int group = 0; group < groups; group++) {
      copy(image, from, column * channels + group * width, block,
          (firstRow(group) + row) * rowWords, tap * width, width);
    }
  }

  /**
   * Copies bits to where all are 0.
   *
   * @param from the word from which {@code fromBit} counts
   * @param to the word from which {@code toBit} counts
   */
  private static void copy(
      long[] source, int from, int fromBit, long[] target, int to, int toBit, int count) {
    if (((fromBit | toBit | count) & 63) == 0) {
      System.arraycopy(source, from + fromBit / Long.SIZE, target, to + toBit / Long.SIZE,
          count / Long.SIZE);
      return;
    }
    int bits;
    for (int done = 0; done < count; done += bits) {
      bits = Math.min(Long.SIZE, count - done);
      int read = from + (fromBit + done >>> 6);
      // Twice, as a shift by 64 would be one by 0.
      long word = source[read] >>> fromBit + done
          | source[read + 1] << 1 << ~(fromBit + done);
      word &= -1L >>> -bits;
      int written = to + (toBit + done >>> 6);
      int shift = toBit + done & 63;
      target[written] |= word << shift;
      if (shift + bits > Long.SIZE) {
        target[written + 1] |= word >>> -shift;
      }
    }
  }
}
