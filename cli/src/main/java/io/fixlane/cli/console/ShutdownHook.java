package io.fixlane.cli.console;

import java.util.concurrent.locks.LockSupport;

/** What is done where the JVM is ended, as by Ctrl-C, before a command has closed this. */
public final class ShutdownHook implements AutoCloseable {
  private final Thread thread;

  /**
   * Adds it. Where the JVM is ending already, the action runs here, as {@link #close} says.
   *
   * @param action what is done, in a thread of its own
   */
  public ShutdownHook(Runnable action) {
    thread = new Thread(action);
    try {
      Runtime.getRuntime().addShutdownHook(thread);
    } catch (IllegalStateException e) {
      action.run();
      awaitEnd();
    }
  }

  /**
   * Removes it. Where the JVM is ending, this never returns: what the caller would tell next, such
   * as that a child has died, is of that end, and the action is what tells of it.
   */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException e) {
      awaitEnd();
    }
  }

  private void awaitEnd() {
    while (true) {
      LockSupport.park(this);
    }
  }
}
