package io.fixlane.cli.hostile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Makes the length and the checksum of a changed file right again, so that what reads it meets the
 * change.
 */
enum Seal {
  /** The file has neither. */
  NONE(null, 0, 0),
  /** A network: the length of the file at 12. */
  NETWORK(ByteOrder.LITTLE_ENDIAN, 12, 0),
  /** A checkpoint: the length of its content at 16, which has 28 bytes around it. */
  CHECKPOINT(ByteOrder.BIG_ENDIAN, 16, 28);

  private static final int CHECKSUM = Integer.BYTES;

  private final ByteOrder order;
  private final int lengthAt;
  private final int around;

  Seal(ByteOrder order, int lengthAt, int around) {
    this.order = order;
    this.lengthAt = lengthAt;
    this.around = around;
  }

  /** Returns the file, sealed if it is long enough to be. */
  byte[] seal(byte[] file) {
    if (this == NONE || file.length < lengthAt + Long.BYTES + CHECKSUM) {
      return file;
    }
    ByteBuffer bytes = ByteBuffer.wrap(file.clone()).order(order);
    bytes.putLong(lengthAt, file.length - around);
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.array(), 0, file.length - CHECKSUM);
    return bytes.putInt(file.length - CHECKSUM, (int) checksum.getValue()).array();
  }
}
