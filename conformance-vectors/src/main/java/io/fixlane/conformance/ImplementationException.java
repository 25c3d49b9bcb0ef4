package io.fixlane.conformance;

/**
 * An implementation that failed on a block, or gave no result for it; the message names the block.
 */
public final class ImplementationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ImplementationException(String message, Exception cause) {
    super(message, cause);
  }

  ImplementationException(String message) {
    super(message);
  }
}
