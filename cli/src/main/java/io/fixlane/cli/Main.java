package io.fixlane.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command {@code fixlane}. */
@Command(name = "fixlane", mixinStandardHelpOptions = true, versionProvider = Main.Version.class)
final class Main implements Runnable {
  private Main() {}

  /**
   * Runs one command line and ends the JVM with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "fixlane " + Main.class.getModule().getDescriptor().rawVersion().orElse("")};
    }
  }
}
