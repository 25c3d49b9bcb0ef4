package io.fixlane.spark;

import io.fixlane.autograd.search.Ground;
import io.fixlane.autograd.search.TrialRunner;
import io.fixlane.autograd.search.TrialService;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** The trials of {@code fixlane search --spark}, which the command finds as a service. */
public final class SparkTrials implements TrialService {
  /** The address that leaves the master to spark-submit. */
  private static final String SUBMIT = "submit";
  private static final String JARS = "spark.jars";

  /** Makes the service, for its loader. */
  public SparkTrials() {}

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public TrialRunner open(String address, Ground ground) throws IOException {
    SparkSession session = session(address);
    return new SparkRunner(session.sparkContext(), ground, session::stop);
  }

  private static SparkSession session(String address) throws IOException {
    SparkSession.Builder builder = SparkSession.builder().appName("fixlane search")
        .config("spark.log.level", System.getProperty("spark.log.level", "ERROR"));
    if (!address.equals(SUBMIT)) {
      builder.master(address);
    }
    if (!address.startsWith("local") && System.getProperty(JARS) == null) {
      builder.config(JARS, String.join(",", jars()));
    }
    if (System.getProperty("spark.ui.enabled") == null) {
      builder.config("spark.ui.enabled", "false");
    }
    try {
      return builder.getOrCreate();
    } catch (Exception e) {
      // Scala declares no exceptions: Spark throws SparkException, which is checked, too.
      String message = String.valueOf(e.getMessage());
      throw new IOException(message.lines().findFirst().orElse(e.toString()), e);
    }
  }

  /** Returns Fixlane's own jars, which executors on other machines lack. */
  private static List<String> jars() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of).filter(path -> path.getFileName() != null
            && path.getFileName().toString().matches("fixlane-.*\\.jar"))
        .map(path -> path.toUri().toString()).toList();
  }
}
