package io.fixlane.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * The answer to {@code --version}: the version the build wrote into {@code version.properties}, and
 * the Java that runs.
 */
final class FixlaneVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "fixlane " + project(),
      "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ", "
          + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ")"
    };
  }

  private static String project() {
    Properties properties = new Properties();
    try (InputStream in = FixlaneVersion.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
