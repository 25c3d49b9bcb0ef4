package io.fixlane.cli.console;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Failures in words that a user understands. */
public final class Failure {
  /** The system property that shows the stack traces of bugs. */
  public static final String DEBUG = "fixlane.debug";

  private Failure() {}

  /** Returns whether the user asks for stack traces. */
  public static boolean showsTraces() {
    return Boolean.getBoolean(DEBUG);
  }

  /** Returns why a file cannot be read or written: Java's message is often its name alone. */
  public static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no such file";
      case FileAlreadyExistsException exists -> exists.getFile() + " is a file";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case FileSystemException failed when failed.getReason() != null -> failed.getReason();
      default -> e.getMessage() == null ? e.toString() : e.getMessage();
    };
  }
}
