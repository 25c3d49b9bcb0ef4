package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.FixedTensor;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Plans that nobody uses any more have a bounded number of classes, however many there were. */
class PlanMemoryTest {
  private static final int KEPT = 1_024;
  private static final int PLANS = 2_500;
  // 1,024 that are kept, 1,024 beyond them, and some of the JDK's.
  private static final int MOST_CLASSES = 2_500;

  /** Plans and runs distinct casts, and prints how many classes there are at most. */
  static final class ManyPlans {
    public static void main(String[] arguments) {
      run(PLANS);
      int before = classes();
      int most = 0;
      for (int i = 0; i < PLANS; i++) {
        run(i);
        most = Math.max(most, classes() - before);
      }
      System.out.println("classes: " + most);
    }

    private static void run(int i) {
      FixedFormat source = FixedFormat.signed(2 + i % 60, 3);
      FixedFormat target = FixedFormat.signed(2 + i / 60, 3);
      Cast.of(source, target)
          .run(FixedTensor.allocate(source, 65), FixedTensor.allocate(target, 65));
    }

    private static int classes() {
      return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    }
  }

  @Test
  void classesOfPlansThatNobodyUsesAreBounded() throws Exception {
    Process process = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules", "jdk.incubator.vector", "-XX:TieredStopAtLevel=1", "-Xmx256m",
        "-cp", classPath(), ManyPlans.class.getName())
        .redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    List<Integer> classes = printed.lines().filter(line -> line.startsWith("classes: "))
        .map(line -> Integer.parseInt(line.substring("classes: ".length()))).toList();
    assertThat(classes).as(printed).singleElement().satisfies(
        count -> assertThat(count).isBetween(KEPT, MOST_CLASSES));
  }

  /** Returns where the classes lie, whether this test runs on the class path or the module path. */
  private static String classPath() throws URISyntaxException {
    Path own = Path.of(ManyPlans.class.getResource("PlanMemoryTest$ManyPlans.class").toURI());
    Path tests = own.resolve("../../../..").normalize();
    return Stream.of(tests, root(Cast.class), root(FixedFormat.class))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path root(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
