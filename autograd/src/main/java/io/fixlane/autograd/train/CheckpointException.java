package io.fixlane.autograd.train;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is no checkpoint, a damaged one, or one of another training. */
public final class CheckpointException extends IOException {
  private static final long serialVersionUID = 1;

  CheckpointException(Path file, String reason) {
    super(file + ": " + reason);
  }

  CheckpointException(Path file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
  }
}
