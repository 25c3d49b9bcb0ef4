package io.fixlane.network;

import java.io.IOException;

/** A file that is no network, or a damaged one. The message names the file and what is wrong. */
public final class NetworkFileException extends IOException {
  private static final long serialVersionUID = 1;

  NetworkFileException(String source, String reason) {
    super(source + ": " + reason);
  }

  NetworkFileException(String source, String reason, Exception cause) {
    super(source + ": " + reason, cause);
  }
}
