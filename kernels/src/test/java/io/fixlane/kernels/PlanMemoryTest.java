package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.fixture.OneWidth;
import io.fixlane.tensor.FixedTensor;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Plans keep no object for each column, and those that nobody uses any more have a bounded number
 * of classes, however many there were.
 */
@OneWidth
class PlanMemoryTest {
  private static final int KEPT = 1_024;
  private static final int PLANS = 2_500;
  // 1,024 that are kept, 1,024 beyond them, and some of the JDK's.
  private static final int MOST_CLASSES = 2_500;
  private static final int COLUMNS = 2_000_000;
  // A word, a bias, what its sum starts from, and a share in what is kept for each panel; an object
  // and a reference to it take more.
  private static final int COLUMN_BYTES = 16;

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

  /** Plans layers of many columns, and prints how many bytes each plan keeps, in all. */
  static final class ManyColumns {
    public static void main(String[] arguments) {
      FixedFormat word = FixedFormat.signed(8, 8);
      FixedTensor weights = FixedTensor.allocate(word, 1, COLUMNS);
      FixedTensor bias = FixedTensor.allocate(word, COLUMNS);
      for (int n = 0; n < COLUMNS; n++) {
        weights.setRaw(n, (byte) n);
        bias.setRaw(n, (byte) (n / 256));
      }
      OutputStage stage = OutputStage.to(word).withBias(bias);
      print(() -> Gemm.of(word, weights, stage));
      print(() -> Gemm.of(
          word, weights, stage.withAccumulator(FixedFormat.parse("ap_fixed<8,8,AP_TRN,AP_SAT>"))));
      print(() -> Gemm.of(FixedFormat.signed(60, 60), weights, stage));
    }

    private static void print(Supplier<Gemm> plan) {
      long before = used();
      Gemm made = plan.get();
      System.out.println("bytes: " + (used() - before));
      Reference.reachabilityFence(made);
    }

    private static long used() {
      System.gc();
      return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
  }

  @Test
  void classesOfPlansThatNobodyUsesAreBounded() throws Exception {
    assertThat(printed(ManyPlans.class, "classes: ", "-Xmx256m")).singleElement().satisfies(
        count -> assertThat(count).isBetween(KEPT, MOST_CLASSES));
  }

  /**
   * Sums as a whole, step by step, and in 128 bits. The heap holds no object for each column, also
   * while a plan is made.
   */
  @Test
  void plansKeepNoObjectForEachColumn() throws Exception {
    assertThat(printed(ManyColumns.class, "bytes: ", "-XX:+UseSerialGC", "-Xmx64m")).hasSize(3)
        .allSatisfy(bytes -> assertThat(bytes).isBetween(COLUMNS, COLUMN_BYTES * COLUMNS));
  }

  /** Returns the numbers that a program prints behind a label. */
  private static List<Integer> printed(Class<?> program, String label, String... options)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules", "jdk.incubator.vector", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath(), program.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed.lines().filter(line -> line.startsWith(label))
        .map(line -> Integer.parseInt(line.substring(label.length()))).toList();
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
