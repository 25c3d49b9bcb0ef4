package io.fixlane.hardware.verilog;

import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.math.BigInteger;

/** How a layer takes the pixels that come to it, before it computes. */
sealed interface Front {
  /** Returns the bits of a pixel that comes. */
  int bits();

  /** Returns the bits of the vector that the layer computes with. */
  int takenBits();

  /**
   * A pixel, as it comes.
   *
   * @param bits its bits
   */
  record Direct(int bits) implements Front {
    @Override
    public int takenBits() {
      return bits;
    }
  }

  /**
   * A pixel of each of two streams, the second above the first.
   *
   * @param bits the bits of the first
   * @param otherBits those of the second
   */
  record Joined(int bits, int otherBits) implements Front {
    @Override
    public int takenBits() {
      return bits + otherBits;
    }
  }

  /**
   * All pixels of a sample.
   *
   * @param bits the bits of a pixel
   * @param pixels how many there are
   */
  record Gathered(int bits, int pixels) implements Front {
    @Override
    public int takenBits() {
      return bits * pixels;
    }
  }

  /**
   * The sum of each channel over all pixels of a sample.
   *
   * @param channels the channels
   * @param wordBits the bits of a word
   * @param signed whether words are signed
   * @param sumBits the bits of a sum
   * @param pixels how many pixels a sample has
   */
  record Accumulated(int channels, int wordBits, boolean signed, int sumBits, int pixels)
      implements Front {
    @Override
    public int bits() {
      return channels * wordBits;
    }

    @Override
    public int takenBits() {
      return channels * sumBits;
    }
  }

  /**
   * Every pixel of an image as a block of the same ones.
   *
   * @param bits the bits of a pixel
   * @param columns the columns of the image
   * @param factorY the rows of a block
   * @param factorX its columns
   */
  record Repeated(int bits, int columns, int factorY, int factorX) implements Front {
    @Override
    public int takenBits() {
      return bits;
    }
  }

  /** Which pixels under a kernel have a bit of their own set. */
  enum Mask {
    /** There is no such bit. */
    NONE,
    /** Those of the image. */
    IMAGE,
    /** Those of the image and of its padding, but not what lies beyond that. */
    PADDED
  }

  /**
   * The pixels under a kernel.
   *
   * @param image the image
   * @param window how the kernel moves
   * @param wordBits the bits of a word that comes
   * @param signs whether only its highest bit is kept
   * @param mask which pixels have a bit set, above their words
   * @param padding the words of the padding
   */
  record Windowed(ImageShape image, Window window, int wordBits, boolean signs, Mask mask,
      BigInteger padding) implements Front {
    @Override
    public int bits() {
      return image.channels() * wordBits;
    }

    /** Returns the bits that are kept of a word. */
    int keptBits() {
      return signs ? 1 : wordBits;
    }

    /** Returns the bits that are kept of a pixel. */
    int pixelBits() {
      return image.channels() * keptBits() + (mask == Mask.NONE ? 0 : 1);
    }

    @Override
    public int takenBits() {
      return window.taps() * pixelBits();
    }

    /** Returns where a channel of a tap lies. */
    int offset(int tap, int channel) {
      return tap * pixelBits() + channel * keptBits();
    }

    /** Returns where the mask of a tap lies. */
    int maskOffset(int tap) {
      return (tap + 1) * pixelBits() - 1;
    }

    /** Returns the rows that are scanned: all of the image, and all that a kernel reaches. */
    int rows() {
      int reach = (window.kernelHeight() - 1) * window.dilationY() + 1;
      int last = (window.outputHeight(image.height()) - 1) * window.strideY() + reach;
      return Math.max(image.height() + window.paddingTop(), last);
    }

    /** Returns the columns that are scanned. */
    int columns() {
      int reach = (window.kernelWidth() - 1) * window.dilationX() + 1;
      int last = (window.outputWidth(image.width()) - 1) * window.strideX() + reach;
      return Math.max(image.width() + window.paddingLeft(), last);
    }

    /** Returns the rows of the image and its padding. */
    int paddedRows() {
      return image.height() + window.paddingTop() + window.paddingBottom();
    }

    /** Returns the columns of the image and its padding. */
    int paddedColumns() {
      return image.width() + window.paddingLeft() + window.paddingRight();
    }
  }
}
