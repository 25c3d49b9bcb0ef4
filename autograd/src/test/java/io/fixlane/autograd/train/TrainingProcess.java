package io.fixlane.autograd.train;

import io.fixlane.autograd.data.Digits;
import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.FixedTensor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@link SmallTraining} in a process of its own, which can be killed. */
final class TrainingProcess {
  private TrainingProcess() {}

  /** Starts it; it waits for {@link #goOn} before it writes a checkpoint. */
  static Process start(Path file, int seed) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
        java.toString(), "-cp", classPath(), SmallTraining.class.getName(), file.toString(),
        Integer.toString(seed))
        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Lets a process write the checkpoints of so many steps. */
  static void goOn(Process process, int steps) throws IOException {
    process.getOutputStream().write(new byte[steps]);
    process.getOutputStream().flush();
  }

  /** Returns where the classes lie, whether this test runs on the class path or the module path. */
  private static String classPath() throws Exception {
    Path tests = Path.of(SmallTraining.class.getResource("SmallTraining.class").toURI())
        .resolve("../../../../..").normalize();
    Path digits = Path.of(Digits.class.getResource("digits.csv.gz").toURI())
        .resolve("../../../../..").normalize();
    return Stream
        .of(tests, codeOf(Trainer.class), digits, codeOf(FixedTensor.class),
            codeOf(FixedFormat.class))
        .distinct().map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path codeOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
