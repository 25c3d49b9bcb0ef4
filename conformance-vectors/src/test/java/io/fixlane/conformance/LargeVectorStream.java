package io.fixlane.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Checks a stream that repeats one block many times: a file far larger than the heap it is run in.
 */
final class LargeVectorStream extends InputStream {
  private static final byte[] BLOCK =
      ("op\tcast\nx\tap_fixed<8,3>\t" + "1 ".repeat(1000) + "2\nz\tap_fixed<8,3>\t"
          + "1 ".repeat(1000) + "2\n")
          .getBytes(StandardCharsets.US_ASCII);

  private long left;
  private int at;

  LargeVectorStream(long blocks) {
    left = blocks * BLOCK.length;
  }

  @Override
  public int read() {
    if (left == 0) {
      return -1;
    }
    left--;
    int b = BLOCK[at];
    at = (at + 1) % BLOCK.length;
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    int n = (int) Math.min(Math.min(length, left), BLOCK.length - at);
    if (n <= 0) {
      return length == 0 ? 0 : -1;
    }
    System.arraycopy(BLOCK, at, buffer, offset, n);
    at = (at + n) % BLOCK.length;
    left -= n;
    return n;
  }

  /**
   * Prints the number of bytes, and what checking them gives.
   *
   * @param args the number of blocks
   * @throws IOException if the stream breaks the format
   */
  public static void main(String[] args) throws IOException {
    long blocks = Long.parseLong(args[0]);
    ConformanceReport report =
        Vectors.checkReference(VectorSource.of("generated", new LargeVectorStream(blocks)));
    System.out.println(blocks * BLOCK.length + " bytes, " + report.total().values() + " values, "
        + report.total().mismatches() + " mismatches, " + Runtime.getRuntime().maxMemory()
        + " bytes of heap");
  }
}
