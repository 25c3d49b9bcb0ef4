package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;
import java.lang.foreign.MemorySegment;

/**
 * Rows of a convolution: the activations under the kernel at each place of an image. They are not
 * copied for each place: the rows of the image that a block of places reads are widened into a
 * band, with the padding around them, and a place's runs of activations lie in it, shared with its
 * neighbours.
 *
 * <pre>
 *   band     0 0 0 0 0 0 0     places of a 3 x 3 kernel, stride 1: rowBase is the upper left
 *            0 a b c d e 0     pixel, runBase the start of each row of taps:
 *            0 f g h i j 0
 *            0 k l m n o 0     place 0: 0 0 0 | 0 a b | 0 f g      one run each, of
 *            0 0 0 0 0 0 0     place 1: 0 0 0 | a b c | f g h      3 x channels activations
 * </pre>
 */
public final class ImageRows implements Rows {
  private static final int BAND_BYTES = 256 << 10;
  // What lanewise kernels read beyond the last channel, and groups beyond the last run.
  static final int BEYOND = 256;
  // What matrices have beyond the last place.
  private static final int PIXELS_BEYOND = 16;

  private final ChannelGroup group;
  private final ImageShape image;
  private final Window window;
  private final int outputWidth;
  private final int bandWidth;
  private final Widening widening;
  private final int cell;
  private final int runLength;
  private final int[] runBase;
  private final int blockRows;

  /**
   * Makes rows.
   *
   * @param group the image and the places
   * @param widening how activations come into lanes
   * @param layout what words of weights stand for: where a group may not go on into the next pixel,
   *     pixels are filled up with 0 to whole groups
   * @param order how taps lie in runs
   */
  public ImageRows(ChannelGroup group, Widening widening, WeightLayout layout,
      TapOrder order) {
    this.group = group;
    this.image = group.image();
    this.window = group.window();
    ImageShape output = window.output(image);
    this.outputWidth = output.width();
    this.bandWidth = group.bandWidth(outputWidth);
    this.widening = widening;
    int channels = group.count();
    this.cell = layout.crossesPixels() ? channels : wholeGroups(channels, layout);
    Container lane = widening.lane();
    boolean wholeRows = order == TapOrder.RUNS && window.dilationX() == 1;
    this.runLength = switch (order) {
      case RUNS -> wholeGroups(wholeRows ? window.kernelWidth() * cell : cell, layout);
      case STEPS, LANEWISE -> 1;
    };
    this.runBase = switch (order) {
      case RUNS -> taps(wholeRows ? 1 : window.kernelWidth(), 1);
      case STEPS -> taps(window.kernelWidth(), group.count());
      case LANEWISE -> taps(window.kernelWidth(), 1);
    };
    long bandRow = (long) bandWidth * cell;
    if (bandRow * group.bandHeight(1) > LaneArrays.LONGEST - BEYOND) {
      throw new IllegalArgumentException("the rows under a kernel, padded, take an array of "
          + bandRow * group.bandHeight(1) + " " + lane.type() + "s: an array holds at most "
          + LaneArrays.LONGEST);
    }
    long rowBytes = bandRow * bytes(order, layout) * window.strideY();
    long fitting = BAND_BYTES / rowBytes - (long) window.kernelHeight() * window.dilationY();
    int placeRows = (int) Math.max(1, fitting);
    this.blockRows = outputWidth * Math.min(placeRows, output.height());
  }

  /** Returns the bytes that become of an activation: lanes of a group may have all of it. */
  private int bytes(TapOrder order, WeightLayout layout) {
    return widening.lane().bytes() * (order == TapOrder.LANEWISE ? layout.group() : 1);
  }

  private static int wholeGroups(int steps, WeightLayout layout) {
    return Math.ceilDiv(steps, layout.group()) * layout.group();
  }

  /** Returns where the taps lie: channel by channel, row by row, column by column. */
  private int[] taps(int columns, int channels) {
    int[] taps = new int[channels * window.kernelHeight() * columns];
    int i = 0;
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < window.kernelHeight(); y++) {
        for (int x = 0; x < columns; x++) {
          taps[i++] =
              (y * window.dilationY() * bandWidth + x * window.dilationX()) * cell + c;
        }
      }
    }
    return taps;
  }

  /** Returns what activations lie in. */
  Container lane() {
    return widening.lane();
  }

  /** Returns how the kernel moves. */
  Window window() {
    return window;
  }

  /** Returns whether the kernel moves by so many pixels, down and to the right. */
  boolean moves(int y, int x) {
    return window.strideY() == y && window.strideX() == x;
  }

  @Override
  public MemorySegment memory(Workspace work, Container lane) {
    return widening.lanes(work);
  }

  /** Returns the pixels of a row, those of padding too. */
  int bandWidth() {
    return bandWidth;
  }

  /** Returns the activations of a pixel. */
  int channels() {
    return cell;
  }

  @Override
  public int runLength() {
    return runLength;
  }

  @Override
  public int[] runBase() {
    return runBase;
  }

  @Override
  public int rowUnit() {
    return outputWidth;
  }

  @Override
  public int blockRows() {
    return blockRows;
  }

  @Override
  public int load(Workspace work, int firstRow, int rows, int firstStep, int lastStep) {
    int firstPlaceRow = firstRow / outputWidth;
    int lastPlaceRow = (firstRow + rows - 1) / outputWidth;
    int bandHeight = group.bandHeight(lastPlaceRow - firstPlaceRow + 1);
    int bandRow = bandWidth * cell;
    if (firstStep == 0) {
      widening.ensure(work, (long) bandHeight * bandRow + BEYOND + (long) PIXELS_BEYOND * cell);
      widening.clear(work, 0, bandHeight * bandRow);
      int top = window.row(firstPlaceRow, 0);
      for (int y = Math.max(0, -top); y < Math.min(bandHeight, image.height() - top); y++) {
        loadRow(work, top + y, y * bandRow);
      }
    }
    work.ensureRows(rows + (long) Tile.MAX_ROWS);
    int column = firstRow % outputWidth;
    int rowBase = 0;
    for (int i = 0; i < rows + Tile.MAX_ROWS; i++) {
      work.rowBase[i] = rowBase + column * window.strideX() * cell;
      if (i < rows - 1 && ++column == outputWidth) {
        column = 0;
        rowBase += window.strideY() * bandRow;
      }
    }
    return bandHeight * bandRow;
  }

  /** Widens one row of the image. */
  private void loadRow(Workspace work, int y, int to) {
    int pixels = Math.clamp(bandWidth - window.paddingLeft(), 0, image.width());
    if (pixels == 0) {
      return;
    }
    int start = to + window.paddingLeft() * cell;
    int channels = group.count();
    Container words = widening.words();
    MemorySegment source = work.input;
    long from = work.inputOffset
        + ((long) y * image.width() * image.channels() + group.first()) * words.bytes();
    int pixelStride = image.channels();
    if (image.layout() == Layout.NCHW) {
      long plane = image.pixels();
      work.transposed.ensure(words, (long) pixels * channels);
      Transposition.transpose(words, source,
          work.inputOffset + (group.first() * plane + (long) y * image.width())
              * words.bytes(),
          plane, work.transposed.segment(words), 0, channels, channels, pixels,
          work.transposition);
      source = work.transposed.segment(words);
      from = 0;
      pixelStride = channels;
    }
    if (pixelStride == cell && channels == cell) {
      widen(work, source, from, start, pixels * cell);
    } else {
      for (int x = 0; x < pixels; x++) {
        widen(work, source, from + (long) x * pixelStride * words.bytes(), start + x * cell,
            channels);
      }
    }
  }

  private void widen(Workspace work, MemorySegment source, long from, int to, int count) {
    widening.compute(work, source, from, to, count);
  }
}
