package io.fixlane.network;

import io.fixlane.files.AtomicFile;
import io.fixlane.files.Memory;
import io.fixlane.network.file.NetworkReader;
import io.fixlane.network.file.NetworkWriter;
import io.fixlane.network.plan.Chain;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A network's file: a header, the network and a checksum.
 *
 * <pre>
 *   at  bytes
 *    0      8  89 46 58 4e 0d 0a 1a 0a
 *    8      4  version
 *   12      8  length of the file
 *   20         the network, as {@link NetworkWriter} writes it
 *           4  CRC32C of all bytes before
 * </pre>
 *
 * <p>Numbers are little-endian. As in PNG, the first bytes tell a file that was sent as text: they
 * hold both kinds of line end, and a byte above 127.
 */
final class NetworkFile {
  private static final long MAGIC = 0x0a1a_0a0d_4e58_4689L;
  /** The version that is written; older ones are read. */
  private static final int VERSION = 2;
  private static final int OLDEST_VERSION = 1;
  private static final int VERSION_AT = Long.BYTES;
  private static final int HEADER_BYTES = 20;
  private static final int CHECKSUM_BYTES = 4;
  private static final int MIN_BYTES = HEADER_BYTES + CHECKSUM_BYTES;

  private NetworkFile() {}

  static byte[] encode(Chain chain) {
    byte[] network = new NetworkWriter().write(chain);
    int length = Math.addExact(network.length, MIN_BYTES);
    ByteBuffer file = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(MAGIC).putInt(VERSION).putLong(length).put(network);
    file.putInt(checksum(file.array()));
    return file.array();
  }

  /** Returns the checksum of all bytes before the last four. */
  private static int checksum(byte[] file) {
    CRC32C checksum = new CRC32C();
    checksum.update(file, 0, file.length - CHECKSUM_BYTES);
    return (int) checksum.getValue();
  }

  static void write(Path file, Chain chain) throws IOException {
    byte[] content = encode(chain);
    AtomicFile.write(file, out -> out.write(content));
  }

  /** Reads the header before there is memory for the rest. */
  static Network read(Path path) throws IOException {
    String source = path.toString();
    try (FileChannel channel = FileChannel.open(path)) {
      long length = channel.size();
      byte[] header = new byte[(int) Math.min(length, HEADER_BYTES)];
      fill(source, channel, ByteBuffer.wrap(header));
      requireHeader(source, header, length);
      requireMemory(source, length);
      byte[] file = new byte[(int) length];
      fill(source, channel.position(0), ByteBuffer.wrap(file));
      return decode(source, file);
    }
  }

  /** Requires memory for the bytes, and for as many again: the words that they hold. */
  private static void requireMemory(String source, long length) throws NetworkFileException {
    try {
      Memory.require("its " + length + " bytes", 2 * length);
    } catch (Memory.ShortOfMemoryException e) {
      throw new NetworkFileException(source, e.getMessage(), e);
    }
  }

  private static void fill(String source, FileChannel channel, ByteBuffer target)
      throws IOException {
    while (target.hasRemaining()) {
      if (channel.read(target) < 0) {
        throw new NetworkFileException(
            source, "ended while it was read", new EOFException(source));
      }
    }
  }

  static Network decode(String source, byte[] file) throws NetworkFileException {
    requireHeader(source, file, file.length);
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.getInt(file.length - CHECKSUM_BYTES) != checksum(file)) {
      throw new NetworkFileException(source, "is damaged: its checksum is not that of its bytes");
    }
    try {
      return new Network(NetworkReader.read(
          bytes.slice(HEADER_BYTES, file.length - MIN_BYTES).order(ByteOrder.LITTLE_ENDIAN),
          bytes.getInt(VERSION_AT)));
    } catch (UncheckedIOException e) {
      throw new NetworkFileException(source, e.getCause().getMessage(), e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new NetworkFileException(source, "holds no network: " + e.getMessage(), e);
    }
  }

  /**
   * Requires a file to be one that can be read, as far as its first bytes say.
   *
   * @param start the first bytes, as many as a header has at least, or all
   * @param length the length of the file
   */
  private static void requireHeader(String source, byte[] start, long length)
      throws NetworkFileException {
    ByteBuffer header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    if (start.length < Long.BYTES || header.getLong() != MAGIC) {
      throw new NetworkFileException(source, "is not a network file");
    }
    if (length < MIN_BYTES) {
      throw new NetworkFileException(source, "is truncated: it has " + length + " bytes");
    }
    int version = header.getInt();
    if (version < OLDEST_VERSION || version > VERSION) {
      throw new NetworkFileException(source, "has version " + Integer.toUnsignedString(version)
          + ": only versions " + OLDEST_VERSION + " to " + VERSION + " can be read");
    }
    long stated = header.getLong();
    if (stated != length) {
      throw new NetworkFileException(source, "is " + (stated > length ? "truncated" : "damaged")
          + ": it has " + length + " bytes, and says that it has "
          + Long.toUnsignedString(stated));
    }
    if (length > Integer.MAX_VALUE - 8) {
      throw new NetworkFileException(source, "has " + length
          + " bytes: at most " + (Integer.MAX_VALUE - 8) + " can be read");
    }
  }
}
