package io.fixlane.jmh.count;

import io.fixlane.kernels.BitMatrix;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;

/**
 * The bytes that a call must exchange with memory at least, whatever it keeps in its caches: each
 * operand read once, as narrow as its user holds it, and each result written once. Operations
 * through bytes are the arithmetic intensity, the abscissa of a roofline.
 */
public final class Traffic {
  private Traffic() {}

  /** Returns the bytes of packed words. */
  public static long of(FixedTensor... tensors) {
    long bytes = 0;
    for (FixedTensor tensor : tensors) {
      bytes += tensor.segment().byteSize();
    }
    return bytes;
  }

  /** Returns the bytes of memory. */
  public static long of(MemorySegment... segments) {
    long bytes = 0;
    for (MemorySegment segment : segments) {
      bytes += segment.byteSize();
    }
    return bytes;
  }

  /** Returns the bytes of a square matrix of bits. */
  public static long ofBits(BitMatrix matrix) {
    return (long) matrix.rows() * Math.ceilDiv(matrix.columns(), Long.SIZE) * Long.BYTES;
  }
}
