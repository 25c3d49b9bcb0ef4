package io.fixlane.autograd.data;

import io.fixlane.files.Memory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A file of unsigned bytes in the IDX format of the MNIST database
 * (http://yann.lecun.com/exdb/mnist): two bytes 0, the type 8, the number of dimensions, each
 * dimension in four bytes, the highest first, and the bytes in row-major order. It may be packed by
 * gzip.
 */
final class IdxFile {
  private static final int UNSIGNED_BYTE = 8;
  private static final float WHITE = 255;
  private static final int PIECE = 1 << 16;

  private IdxFile() {}

  /**
   * Images of a file.
   *
   * @param shape how many the file has, their height and their width
   * @param pixels those of the images that were read, 0 to 1
   */
  record Images(int[] shape, float[] pixels) {
    int size() {
      return shape[1] * shape[2];
    }

    int count() {
      return pixels.length / size();
    }
  }

  /**
   * Reads the first images of a file, all of them unless there are more than {@code most}; of those
   * after them nothing is read.
   */
  static Images images(Path file, int most) throws DataFileException {
    return DataFile.read(file, in -> {
      int[] shape = shape(file, in, 3);
      long size = (long) shape[1] * shape[2];
      long count = Math.min(shape[0], most);
      if (count * size > Integer.MAX_VALUE - 8) {
        throw new DataFileException(file, "its header says " + Arrays.toString(shape)
            + ": an array does not hold the pixels of " + count + " such images");
      }
      Memory.require(count + " images of " + shape[1] + " x " + shape[2],
          count * size * Float.BYTES);
      float[] pixels = new float[(int) (count * size)];
      byte[] piece = new byte[Math.min(PIECE, pixels.length)];
      for (int at = 0; at < pixels.length;) {
        int length = in.readNBytes(piece, 0, Math.min(piece.length, pixels.length - at));
        if (length == 0) {
          throw cutOff(file, shape, at);
        }
        for (int i = 0; i < length; i++) {
          pixels[at++] = (piece[i] & 0xff) / WHITE;
        }
      }
      if (count == shape[0]) {
        requireEnd(file, in, shape);
      }
      return new Images(shape, pixels);
    });
  }

  /** Reads the labels of a file. */
  static int[] labels(Path file) throws DataFileException {
    return DataFile.read(file, in -> {
      int[] shape = shape(file, in, 1);
      Memory.require(shape[0] + " labels", 9L * shape[0]);
      byte[] bytes = in.readNBytes(shape[0]);
      if (bytes.length < shape[0]) {
        throw cutOff(file, shape, bytes.length);
      }
      requireEnd(file, in, shape);
      return IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xff).toArray();
    });
  }

  private static DataFileException cutOff(Path file, int[] shape, long numbers) {
    long size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    return new DataFileException(file, "it has " + numbers + " numbers: its header says "
        + Arrays.toString(shape) + ", which are " + size);
  }

  private static void requireEnd(Path file, InputStream in, int[] shape) throws IOException {
    if (in.read() >= 0) {
      throw new DataFileException(
          file, "it has more numbers than the " + Arrays.toString(shape) + " of its header");
    }
  }

  private static int[] shape(Path file, InputStream in, int dimensions) throws IOException {
    byte[] start = in.readNBytes(4);
    if (start.length < 4 || start[0] != 0 || start[1] != 0) {
      throw new DataFileException(file, "it is no IDX file: one begins with two bytes 0");
    }
    if (start[2] != UNSIGNED_BYTE) {
      throw new DataFileException(
          file, "the type of its numbers is " + start[2] + ": it must be 8, unsigned bytes");
    }
    if (start[3] != dimensions) {
      throw new DataFileException(
          file, "it has " + start[3] + " dimensions: it must have " + dimensions);
    }
    byte[] sizes = in.readNBytes(4 * dimensions);
    if (sizes.length < 4 * dimensions) {
      throw new DataFileException(file, "it is cut off within its header");
    }
    int[] shape = new int[dimensions];
    ByteBuffer.wrap(sizes).asIntBuffer().get(shape);
    if (Arrays.stream(shape).anyMatch(dimension -> dimension < 1)) {
      throw new DataFileException(
          file, "its header says " + Arrays.toString(shape) + ": dimensions must be positive");
    }
    return shape;
  }
}
