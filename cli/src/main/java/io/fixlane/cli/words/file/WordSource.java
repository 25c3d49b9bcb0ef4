package io.fixlane.cli.words.file;

import io.fixlane.cli.console.UserError;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words of a file, one by one. */
public interface WordSource extends Closeable {
  /**
   * Returns the next raw word, or null at the end.
   *
   * @throws UserError if the file is none of its kind, or a number is no word of the format; the
   *     message names the file and the place
   * @throws IOException if the file cannot be read
   */
  @Nullable
  BigInteger next() throws IOException;

  /** Returns the dimensions, once the end has come; none where the file does not tell them. */
  List<Long> shape();

  /** Returns what the file says that it holds, such as {@code int8 [16, 64]}. */
  String description();
}
