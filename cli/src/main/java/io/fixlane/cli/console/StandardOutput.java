package io.fixlane.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, which remembers why it could not be written to: a {@code PrintWriter} on it
 * throws nothing. A pipe whose reader has ended, as of {@code fixlane modes | head -1}, is no
 * failure.
 */
public final class StandardOutput extends OutputStream {
  private static final int TYPE = 0170000;
  private static final int FIFO = 0010000;
  private static final int SOCKET = 0140000;

  private final OutputStream target;
  private final boolean pipe;
  private @Nullable IOException failure;

  /**
   * Makes it of another stream.
   *
   * @param pipe whether that is a pipe, which fails where its reader has ended
   */
  StandardOutput(OutputStream target, boolean pipe) {
    this.target = target;
    this.pipe = pipe;
  }

  /** Returns that of the process. */
  public static StandardOutput ofProcess() {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out), isPipe());
  }

  /** Asks the system, for the message of a write that failed is in the user's language. */
  private static boolean isPipe() {
    try {
      int type = TYPE & (int) Files.getAttribute(Path.of("/dev/stdout"), "unix:mode");
      return type == FIFO || type == SOCKET;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      target.write(bytes, offset, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    target.flush();
  }

  /**
   * Checks that all that was written has arrived.
   *
   * @throws UserError if it has not, and no reader has ended
   */
  public void requireWritten() {
    if (failure != null && !pipe && !isOfPipe(failure)) {
      throw new UserError("standard output cannot be written: " + Failure.reason(failure),
          failure);
    }
  }

  /** Where a file has no mode, on Windows, the message is all that tells. */
  private static boolean isOfPipe(IOException e) {
    return Failure.reason(e).toLowerCase(Locale.ROOT).contains("pipe");
  }
}
