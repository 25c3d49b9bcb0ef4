package io.fixlane.conformance.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Gzip data, of one member or several, that nothing else may follow. */
public final class StrictGzipInput extends GZIPInputStream {
  private static final int BUFFER = 1 << 14;
  /** CRC and length end a member: 8 bytes that the inflater leaves. */
  private static final int TRAILER = 8;

  /**
   * Reads the first header.
   *
   * @throws IOException if the bytes are no gzip data
   */
  public StrictGzipInput(InputStream in) throws IOException {
    super(in, BUFFER);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = super.read(buffer, offset, length);
    // The JDK takes what follows the last member and is no member for padding, and so would hide a
    // damaged one.
    if (n < 0 && (inf.getRemaining() > TRAILER || in.available() > 0)) {
      throw new ZipException("bytes that are no gzip data follow it");
    }
    return n;
  }
}
