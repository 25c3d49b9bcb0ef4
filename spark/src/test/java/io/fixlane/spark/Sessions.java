package io.fixlane.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** The sessions of tests. */
final class Sessions {
  private Sessions() {}

  /** Starts a session with threads as its executors. */
  static SparkSession local(int threads) {
    return builder("local[" + threads + "]").getOrCreate();
  }

  /** Starts a session with so many processes, each with so many cores, children of this one. */
  static SparkSession cluster(int executors, int cores) {
    try {
      Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return builder("local-cluster[" + executors + "," + cores + ",1024]")
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .config("spark.executor.extraJavaOptions",
            "-XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow "
                + "--enable-native-access=ALL-UNNAMED")
        .getOrCreate();
  }

  private static SparkSession.Builder builder(String master) {
    return SparkSession.builder().master(master).appName("tests")
        .config("spark.ui.enabled", "false")
        .config("spark.log.level", "ERROR")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.warehouse.dir", Path.of("target", "warehouse").toUri().toString());
  }

  /** Returns the processes of a cluster's executors. */
  static List<ProcessHandle> executors() {
    return ProcessHandle.current().descendants()
        .filter(process -> process.info().command().filter(command -> command.endsWith("java"))
            .isPresent())
        .toList();
  }
}
