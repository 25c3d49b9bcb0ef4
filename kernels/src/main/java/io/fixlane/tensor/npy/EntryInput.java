package io.fixlane.tensor.npy;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/** An entry of a zip file, whose checksum is held against its bytes at their end. */
final class EntryInput extends FilterInputStream {
  private final String name;
  private final ZipEntry entry;
  private final CRC32 checksum = new CRC32();

  EntryInput(String name, InputStream in, ZipEntry entry) {
    super(in);
    this.name = name;
    this.entry = entry;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count;
    try {
      count = in.read(bytes, offset, length);
    } catch (ZipException | EOFException e) {
      throw new NpyException(name, "is damaged: " + e.getMessage(), e);
    }
    if (count > 0) {
      checksum.update(bytes, offset, count);
    } else if (count < 0 && checksum.getValue() != entry.getCrc()) {
      throw new NpyException(name, "is damaged: its checksum is not that of its bytes");
    }
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
