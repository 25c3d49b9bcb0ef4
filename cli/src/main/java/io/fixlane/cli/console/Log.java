package io.fixlane.cli.console;

import java.io.PrintWriter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the library logs, as lines of the command's: warnings, and with {@code --verbose} more. */
public final class Log extends Handler {
  // A logger that nothing refers to is forgotten, with its level and handlers.
  private static final Logger FIXLANE = Logger.getLogger("io.fixlane");

  private final PrintWriter err;

  private Log(PrintWriter err) {
    this.err = err;
    setFormatter(new SimpleFormatter());
  }

  /** Shows what is logged from now on, in place of what showed it before. */
  public static void show(PrintWriter err, boolean verbose) {
    for (Handler handler : FIXLANE.getHandlers()) {
      FIXLANE.removeHandler(handler);
    }
    FIXLANE.setUseParentHandlers(false);
    FIXLANE.setLevel(verbose ? Level.ALL : Level.WARNING);
    FIXLANE.addHandler(new Log(err));
  }

  @Override
  public void publish(LogRecord record) {
    err.println("fixlane: " + getFormatter().formatMessage(record));
    err.flush();
  }

  @Override
  public void flush() {
    err.flush();
  }

  @Override
  public void close() {}
}
