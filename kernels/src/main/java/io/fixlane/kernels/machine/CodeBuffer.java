package io.fixlane.kernels.machine;

import java.util.Arrays;

/** Bytes of code, and the jumps in them. */
final class CodeBuffer {
  private byte[] bytes = new byte[256];
  private int size;

  int size() {
    return size;
  }

  /** Appends the low bytes of numbers. */
  void bytes(int... values) {
    for (int value : values) {
      if (size == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * size);
      }
      bytes[size++] = (byte) value;
    }
  }

  /** Appends a number of 32 bits, the lowest byte first. */
  void int32(int value) {
    bytes(value, value >> 8, value >> 16, value >> 24);
  }

  /** Replaces a number of 32 bits. */
  void int32(int place, int value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[place + i] = (byte) (value >> Byte.SIZE * i);
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
