package io.fixlane.kernels.machine;

import java.util.function.Consumer;

/**
 * An instruction.
 *
 * @param text as GNU as reads it, of x86-64 in Intel's syntax
 * @param bytes as GNU as encodes it
 * @param write what writes it here
 * @param <T> the assembler that does
 */
public record Encoding<T>(String text, String bytes, Consumer<T> write) {
  @Override
  public String toString() {
    return text;
  }
}
