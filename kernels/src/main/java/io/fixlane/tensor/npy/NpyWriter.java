package io.fixlane.tensor.npy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Writes a {@code .npy} file element by element, as numpy does: version 1.
 *
 * {@snippet class="io.fixlane.kernels.example.NpyExample" region="stream"}
 */
public final class NpyWriter {
  private static final int BUFFER = 1 << 16;
  private static final int ALIGNMENT = 64;

  private final OutputStream out;
  private final NpyHeader header;
  private final byte[] bytes = new byte[BUFFER];
  private final ByteBuffer buffer;
  private long left;

  /**
   * Writes the header.
   *
   * @param out where the file goes; it is not closed
   * @param header what the array is
   * @throws IOException if it cannot be written
   */
  public NpyWriter(OutputStream out, NpyHeader header) throws IOException {
    this.out = Objects.requireNonNull(out, "out");
    this.header = Objects.requireNonNull(header, "header");
    buffer = ByteBuffer.wrap(bytes).order(header.order());
    left = header.size();
    out.write(start(header));
  }

  /** Returns the bytes before the elements, which begin at a multiple of 64. */
  static byte[] start(NpyHeader header) {
    byte[] text = HeaderText.print(header).getBytes(StandardCharsets.US_ASCII);
    int fixed = NpyReader.MAGIC.length + 2 + Short.BYTES;
    int length = Math.ceilDiv(fixed + text.length + 1, ALIGNMENT) * ALIGNMENT;
    ByteBuffer start = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    start.put(NpyReader.MAGIC).put((byte) 1).put((byte) 0).putShort((short) (length - fixed));
    start.put(text);
    while (start.remaining() > 1) {
      start.put((byte) ' ');
    }
    return start.put((byte) '\n').array();
  }

  /**
   * Writes an integer, or the bits of a float; the low bits count, as many as an element has.
   *
   * @throws IllegalStateException if the array has all its elements
   * @throws IOException if it cannot be written
   */
  public void putBits(long bits) throws IOException {
    if (left == 0) {
      throw new IllegalStateException(
          "the array has all its " + header.size() + " elements already");
    }
    if (!buffer.hasRemaining()) {
      flush();
    }
    left--;
    header.type().put(buffer, bits);
  }

  /**
   * Writes a number, as the nearest float of the array's type.
   *
   * @throws IllegalStateException if the array has all its elements, or they are neither floats
   *     of 32 bits nor of 64
   * @throws IOException if it cannot be written
   */
  public void putNumber(double number) throws IOException {
    putBits(header.type().bitsOf(number));
  }

  private void flush() throws IOException {
    out.write(bytes, 0, buffer.position());
    buffer.clear();
  }

  /**
   * Ends the file.
   *
   * @throws IllegalStateException if elements are missing
   * @throws IOException if it cannot be written
   */
  public void finish() throws IOException {
    if (left > 0) {
      throw new IllegalStateException(
          "the array lacks " + left + " of its " + header.size() + " elements");
    }
    flush();
  }
}
