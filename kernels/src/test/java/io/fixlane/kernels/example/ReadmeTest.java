package io.fixlane.kernels.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Cast;
import io.fixlane.kernels.CastStatistics;
import io.fixlane.kernels.Elementwise;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The examples of README.md and docs/kernels.md: they compile, print what is said there, and stand
 * there as they are here.
 */
class ReadmeTest {
  private final StringBuilder printed = new StringBuilder();

  @Test
  void theExamplePrintsWhatTheReadmeSays() throws IOException {
    // @start region="readme"
    FixedFormat activation = FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");
    FixedFormat weight = FixedFormat.parse("ap_fixed<8,1,AP_RND,AP_SAT>");
    FixedFormat product = activation.times(weight);

    FixedTensor x = FixedTensor.quantize(activation, new float[] {0.5f, -1.3f, 3.99f, -7f}, 4);
    FixedTensor w = FixedTensor.quantize(weight, new float[] {0.25f, -0.75f, 0.99f, -1f}, 4);

    FixedTensor exact = FixedTensor.allocate(product, 4);
    Elementwise.multiply(activation, weight, product).run(x, w, exact);

    Cast cast = Cast.of(product, activation);
    CastStatistics statistics = cast.newStatistics();
    FixedTensor y = FixedTensor.allocate(activation, 4);
    cast.run(exact, y, statistics);

    println(exact);
    println(y);
    println(statistics);
    // @end
    Path root = Path.of("..");
    assertThat(Files.readString(root.resolve("README.md")))
        .contains("```java\n" + region("ReadmeTest", "readme") + "```")
        .contains("```text\n" + printed + "```");
  }

  private void println(Object object) {
    printed.append(object).append('\n');
  }

  @Test
  void theExamplesOfPlansAreTheTestedOnes() throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "kernels.md")))
        .contains("```java\n" + region("GemmExample", "network") + "```")
        .contains("```java\n" + region("Conv2dExample", "window") + "```");
  }

  private static String region(String test, String name) throws IOException {
    Path source = Path.of("src/test/java/io/fixlane/kernels/example/" + test + ".java");
    return Files.readAllLines(source).stream()
        .dropWhile(line -> !line.contains("@start region=\"" + name + "\""))
        .skip(1)
        .takeWhile(line -> !line.contains("@end"))
        .map(line -> line.isEmpty()
            ? ""
            : line.substring(4).replace("println(", "System.out.println("))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
