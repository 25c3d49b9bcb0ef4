package io.fixlane.hardware.verilog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Modules that every network shares, and texts with places for what is the network's own. */
final class Library {
  private Library() {}

  /** Returns the text of a module. */
  static String module(String name) {
    return template(name + ".v");
  }

  /** Returns a text. */
  static String template(String file) {
    try (InputStream in = Library.class.getResourceAsStream(file)) {
      return new String(
          Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
