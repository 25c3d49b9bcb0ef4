package io.fixlane.autograd.data;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file of unsigned bytes in the IDX format of the MNIST database
 * (http://yann.lecun.com/exdb/mnist): two bytes 0, the type 8, the number of dimensions, each
 * dimension in four bytes, the highest first, and the bytes in row-major order. It may be packed by
 * gzip.
 *
 * @param shape the dimensions
 * @param bytes the bytes
 */
record IdxFile(int[] shape, byte[] bytes) {
  private static final int UNSIGNED_BYTE = 8;

  /**
   * Reads a file.
   *
   * @param dimensions how many dimensions it must have
   */
  static IdxFile read(Path file, int dimensions) throws DataFileException {
    byte[] content = DataFile.read(file);
    int header = 4 + 4 * dimensions;
    if (content.length < 4 || content[0] != 0 || content[1] != 0) {
      throw new DataFileException(file, "it is no IDX file: one begins with two bytes 0");
    }
    if (content[2] != UNSIGNED_BYTE) {
      throw new DataFileException(
          file, "the type of its numbers is " + content[2] + ": it must be 8, unsigned bytes");
    }
    if (content[3] != dimensions) {
      throw new DataFileException(
          file, "it has " + content[3] + " dimensions: it must have " + dimensions);
    }
    if (content.length < header) {
      throw new DataFileException(file, "it is cut off within its header");
    }
    int[] shape = new int[dimensions];
    ByteBuffer.wrap(content, 4, 4 * dimensions).asIntBuffer().get(shape);
    long size = size(file, shape);
    if (content.length - header != size) {
      throw new DataFileException(
          file, "it has " + (content.length - header) + " numbers: its header says "
              + Arrays.toString(shape) + ", which are " + size);
    }
    return new IdxFile(shape, Arrays.copyOfRange(content, header, content.length));
  }

  private static long size(Path file, int[] shape) throws DataFileException {
    long size = 1;
    for (int dimension : shape) {
      if (dimension < 1 || (size *= dimension) > Integer.MAX_VALUE) {
        throw new DataFileException(
            file, "its header says " + Arrays.toString(shape)
                + ": dimensions must be positive, and their product below 2^31");
      }
    }
    return size;
  }
}
