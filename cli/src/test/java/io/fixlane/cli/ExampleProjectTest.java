package io.fixlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.console.Child;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The project of {@code docs/example}: what README.md says of it, its program does. */
class ExampleProjectTest {
  private static final Path ROOT = Path.of("..");
  private static final Path SOURCE = ROOT.resolve("docs/example/src/main/java/Example.java");

  @Test
  void theProgramPrintsWhatTheReadmeSays() throws IOException, InterruptedException {
    Process java = new ProcessBuilder(Child.java(), "--add-modules=jdk.incubator.vector",
        "-classpath", ClassPath.ofTests(), SOURCE.toString()).redirectError(Redirect.DISCARD)
        .start();
    String printed =
        new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replace("\r", "");
    assertThat(java.waitFor()).isZero();
    assertThat(Files.readString(ROOT.resolve("README.md"))).contains(
        "```java\n" + Files.readString(SOURCE) + "```\n\nprints\n\n```text\n" + printed + "```");
  }

  @Test
  void theReadmeNamesTheDependenciesOfThisVersion() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    String pom = Files.readString(ROOT.resolve("docs/example/pom.xml"));
    String dependencies = Pattern.compile("(?s) +<dependencyManagement>.*</dependencies>")
        .matcher(pom).results().map(MatchResult::group).findFirst().orElseThrow().stripIndent();
    assertThat(readme).contains("```xml\n" + dependencies + "\n```");
    String version = Run.of("--version").out().lines().findFirst().orElseThrow()
        .replace("fixlane ", "");
    assertThat(dependencies).contains("<version>" + version + "</version>");
  }
}
