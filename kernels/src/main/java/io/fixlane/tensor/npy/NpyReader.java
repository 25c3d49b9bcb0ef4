package io.fixlane.tensor.npy;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * Reads the elements of a {@code .npy} file one by one, in the order of the file, which may be
 * larger than memory: versions 1 to 3, in either byte order.
 *
 * <p>A file that has fewer bytes than its header says, or more, is refused: at once where its
 * length is known, and else at its end.
 *
 * {@snippet class="io.fixlane.kernels.example.NpyExample" region="stream"}
 */
public final class NpyReader implements Closeable {
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int PREFIX = MAGIC.length + 2;
  private static final int NEWEST_VERSION = 3;
  /** A type and 64 dimensions take some 1,500 bytes. */
  private static final int LONGEST_HEADER = 1 << 14;
  private static final int BUFFER = 1 << 16;
  private static final long UNKNOWN = -1;

  private final String name;
  private final InputStream in;
  private final NpyHeader header;
  private final byte[] bytes = new byte[BUFFER];
  private final ByteBuffer buffer;
  private long left;
  private long pending;

  /**
   * Reads the header of what a stream holds.
   *
   * @param name what messages call it
   * @param length how many bytes it holds, or -1 where that is not known
   * @throws IOException if it is no file of numpy that can be read; the stream is closed
   */
  NpyReader(String name, InputStream in, long length) throws IOException {
    this.name = name;
    this.in = in;
    try {
      byte[] prefix = read(PREFIX);
      if (!Arrays.equals(prefix, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
        throw refused("is no .npy file");
      }
      int version = prefix[MAGIC.length];
      if (version < 1 || version > NEWEST_VERSION || prefix[MAGIC.length + 1] != 0) {
        throw refused("has version " + (version & 0xff) + "." + (prefix[MAGIC.length + 1] & 0xff)
            + ": versions 1.0, 2.0 and 3.0 are read");
      }
      int lengthBytes = version == 1 ? Short.BYTES : Integer.BYTES;
      long text = headerLength(read(lengthBytes));
      header = parse(new String(read((int) text), StandardCharsets.ISO_8859_1));
      left = header.size();
      pending = header.bytes();
      buffer = ByteBuffer.wrap(bytes).order(header.order()).limit(0);
      requireLength(length, PREFIX + lengthBytes + text);
    } catch (IOException | RuntimeException | Error e) {
      in.close();
      throw e;
    }
  }

  /**
   * Opens a file.
   *
   * @throws NpyException if it is no {@code .npy} file, is damaged or truncated, or its elements
   *     are of another type than numbers
   * @throws IOException if it cannot be read
   */
  public static NpyReader open(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    long length = Files.isRegularFile(file) ? Files.size(file) : UNKNOWN;
    return new NpyReader(file.toString(), Files.newInputStream(file), length);
  }

  private byte[] read(int count) throws IOException {
    byte[] read = in.readNBytes(count);
    if (read.length < count) {
      throw refused("is no .npy file: it ends in its header");
    }
    return read;
  }

  private long headerLength(byte[] bytes) throws NpyException {
    ByteBuffer length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long count = bytes.length == Short.BYTES
        ? length.getShort() & 0xffff
        : length.getInt() & 0xffff_ffffL;
    if (count > LONGEST_HEADER) {
      throw refused("says that its header has " + count + " bytes: it has at most "
          + LONGEST_HEADER);
    }
    return count;
  }

  private NpyHeader parse(String text) throws NpyException {
    try {
      return HeaderText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new NpyException(name, String.valueOf(e.getMessage()), e);
    }
  }

  private void requireLength(long length, long start) throws NpyException {
    if (length != UNKNOWN && length - start != header.bytes()) {
      throw refused("has " + (length - start) + " bytes of elements, and says that it has "
          + header.bytes() + ": " + header.type().bytes() + " each, shape " + header.shape());
    }
  }

  /** Returns what messages call the file. */
  public String name() {
    return name;
  }

  /** Returns what the file says of its array. */
  public NpyHeader header() {
    return header;
  }

  /**
   * Returns whether another element follows.
   *
   * @throws NpyException if none does, and there are bytes behind the last one
   * @throws IOException if the file cannot be read
   */
  public boolean hasNext() throws IOException {
    if (left == 0) {
      requireEnd();
    }
    return left > 0;
  }

  /**
   * Reads an integer, or the bits of a float; an unsigned integer of 64 bits as its bits.
   *
   * @throws NoSuchElementException if there are no more
   * @throws IOException if the file has ended, or cannot be read
   */
  public long nextBits() throws IOException {
    if (left == 0) {
      throw new NoSuchElementException(name + " has no more elements");
    }
    if (!buffer.hasRemaining()) {
      fill();
    }
    left--;
    return header.type().take(buffer);
  }

  /**
   * Reads a number; an integer becomes the nearest double.
   *
   * @throws NoSuchElementException as {@link #nextBits} does
   * @throws IOException as there
   */
  public double nextNumber() throws IOException {
    return header.type().number(nextBits());
  }

  private void fill() throws IOException {
    int wanted = (int) Math.min(pending, BUFFER);
    int count = in.readNBytes(bytes, 0, wanted);
    if (count < wanted) {
      throw refused("ends after " + (header.bytes() - pending + count)
          + " bytes of elements, and says that it has " + header.bytes());
    }
    pending -= count;
    buffer.clear().limit(count);
  }

  /** Reads all elements in the order of the file, into memory that has their bytes. */
  void readAll(MemorySegment target) throws IOException {
    if (left < header.size()) {
      throw new IllegalStateException(
          (header.size() - left) + " elements of " + name + " have been read");
    }
    MemorySegment source = MemorySegment.ofArray(bytes);
    for (long at = 0; at < target.byteSize(); at += buffer.limit()) {
      fill();
      Elements.copy(header, source, target.asSlice(at, buffer.limit()));
    }
    left = 0;
    requireEnd();
  }

  private void requireEnd() throws IOException {
    if (in.read() >= 0) {
      throw refused("goes on behind the " + header.bytes() + " bytes of its elements");
    }
  }

  private NpyException refused(String reason) {
    return new NpyException(name, reason);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
