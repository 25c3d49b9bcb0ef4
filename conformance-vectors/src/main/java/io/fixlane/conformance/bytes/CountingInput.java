package io.fixlane.conformance.bytes;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** A stream that counts the bytes it has given, and can be asked whether more follow. */
public final class CountingInput extends FilterInputStream {
  private final PushbackInputStream pushback;
  private long count;

  /** Makes a stream of what another gives. */
  public CountingInput(InputStream in) {
    this(new PushbackInputStream(in, 2));
  }

  private CountingInput(PushbackInputStream pushback) {
    super(pushback);
    this.pushback = pushback;
  }

  /** Returns how many bytes have been read or skipped. */
  public long count() {
    return count;
  }

  /** Returns whether the stream goes on with the two bytes, and leaves it where it is. */
  public boolean startsWith(int first, int second) throws IOException {
    byte[] start = pushback.readNBytes(2);
    pushback.unread(start);
    return start.length == 2 && (start[0] & 0xff) == first && (start[1] & 0xff) == second;
  }

  /**
   * Returns 0 at the end and nowhere else: {@link java.util.zip.GZIPInputStream} asks whether
   * another member follows.
   */
  @Override
  public int available() throws IOException {
    int next = pushback.read();
    if (next < 0) {
      return 0;
    }
    pushback.unread(next);
    return 1;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    count += b < 0 ? 0 : 1;
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = super.read(buffer, offset, length);
    count += Math.max(n, 0);
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    long skipped = super.skip(n);
    count += skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
