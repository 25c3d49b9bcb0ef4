package io.fixlane.autograd.train;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Training in which a number has become infinite or NaN. The message names the step, the layer in
 * which it was first seen, and the last good checkpoint where there is one.
 */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DivergedException(int epoch, int batch, String what, @Nullable Path checkpoint) {
    super(
        "training diverged in epoch " + (epoch + 1) + ", batch " + (batch + 1) + ": " + what
            + (checkpoint == null || !Files.exists(checkpoint)
                ? ""
                : "; the last good checkpoint is " + checkpoint));
  }
}
