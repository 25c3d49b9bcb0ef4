package io.fixlane.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code ./fixlane}, in a checkout of its own, with a Maven and a JDK that are fake. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "sh runs it")
class LauncherTest {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  @TempDir
  private Path folder;
  private Path root;
  private Path source;
  private Path builds;

  /** A run of the launcher. */
  private record Launch(Process process, Path out, Path err) {
    Launch end() throws Exception {
      assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).as("it ends").isTrue();
      return this;
    }

    int exitCode() {
      return process.exitValue();
    }

    String outText() throws IOException {
      return Files.readString(out);
    }

    String errText() throws IOException {
      return Files.readString(err);
    }
  }

  @BeforeEach
  void makeTheCheckout() throws IOException {
    root = Files.createDirectories(folder.resolve("check out"));
    builds = folder.resolve("builds");
    Files.copy(Path.of("../fixlane"), root.resolve("fixlane"));
    source = write(root.resolve("cli/src/main/Main.java"), "class Main {}");
    write(root.resolve("pom.xml"), "<project/>");
    write(root.resolve("cli/pom.xml"), "<project/>");
    Path jdk = folder.resolve("jdk");
    write(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
    script(jdk.resolve("bin/javac"), "");
    script(jdk.resolve("bin/java"), "echo java \"$@\"; locale charmap");
    fakeMaven("");
    // All but flock that the launcher calls, so that a path of these alone lacks it.
    for (String tool : List.of("sh", "cat", "cksum", "cut", "date", "dirname", "find", "grep",
        "locale", "mkdir", "ps", "readlink", "rm", "sed", "sleep", "sort", "tail", "touch",
        "uname")) {
      script(folder.resolve("tools").resolve(tool), "exec '" + tool(tool) + "' \"$@\"");
    }
  }

  private static Path tool(String name) {
    return Stream.of(System.getenv("PATH").split(":")).map(Path::of)
        .map(folder -> folder.resolve(name)).filter(Files::isExecutable).findFirst()
        .orElseThrow();
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static void script(Path file, String body) throws IOException {
    write(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Makes a Maven that does something first, then notes that it has built, and builds. */
  private void fakeMaven(String first) throws IOException {
    script(folder.resolve("bin/mvn"), first + "\n" + """
        echo built >>"%s"
        mkdir -p "%2$s/cli/target/app"
        : >"%2$s/cli/target/app/fixlane-cli-1.jar\"""".formatted(builds, root));
  }

  private Launch start(boolean flock, String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(tool("sh").toString(),
        root.resolve("fixlane").toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("PATH", folder.resolve("bin") + ":"
        + (flock ? System.getenv("PATH") : folder.resolve("tools").toString()));
    builder.environment().put("FIXLANE_JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("LC_ALL", "C");
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    return new Launch(builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(),
        out, err);
  }

  private Launch launch(String... arguments) throws Exception {
    return start(true, arguments).end();
  }

  private long builds() throws IOException {
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  private static void setAge(Path file, Duration age) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  @Test
  void itBuildsOnceAndPassesItsArgumentsOn() throws Exception {
    Launch first = launch("cast", "a b");
    assertThat(first.errText()).startsWith("fixlane: first run, building (mvn -q ");
    assertThat(first.exitCode()).isZero();
    Launch second = launch("cast", "a b");
    assertThat(second.errText()).isEmpty();
    assertThat(second.outText()).startsWith("java ")
        .contains("-m io.fixlane.cli/io.fixlane.cli.Main cast a b\n")
        .doesNotContain("incubator");
    assertThat(builds()).isEqualTo(1);
    write(source, "class Main { int more; }");
    setAge(source, Duration.ofSeconds(-1));
    assertThat(launch("cast").errText()).startsWith("fixlane: the sources are newer, building");
    assertThat(builds()).isEqualTo(2);
  }

  /** The JVM warns of the module on every start: only what computes on vectors has it. */
  @Test
  void onlyWhatComputesOnVectorsHasTheirModule() throws Exception {
    for (String line : List.of("train", "--verbose train", "evaluate x", "explain",
        "experiments --quick", "search --bits 4", "show x", "words x --to y", "words --to=y x",
        "conform --implementation kernels", "conform --implementation=kernels x")) {
      assertThat(launch(line.split(" ")).outText()).as(line)
          .contains("--add-modules jdk.incubator.vector")
          .contains("--enable-native-access=io.fixlane.kernels");
    }
    for (String line : List.of("cast 1", "conform", "conform x.vec", "modes", "--version",
        "words x --format y")) {
      assertThat(launch(line.split(" ")).outText()).as(line).startsWith("java ")
          .doesNotContain("incubator", "native-access");
    }
  }

  @Test
  void aSourceFromTheFutureIsBuiltOnceAndAgainOnceItChanges() throws Exception {
    setAge(source, Duration.ofDays(-2));
    launch("cast");
    launch("cast");
    assertThat(builds()).isEqualTo(1);
    write(source, "class Main { int more; }");
    setAge(source, Duration.ofDays(-2));
    launch("cast");
    assertThat(launch("cast").errText()).isEmpty();
    assertThat(builds()).isEqualTo(2);
    Path other = write(root.resolve("cli/src/main/Other.java"), "class Other {}");
    setAge(other, Duration.ofSeconds(-1));
    launch("cast");
    assertThat(builds()).isEqualTo(3);
  }

  @Test
  void aSourceSavedDuringTheBuildIsBuiltNext() throws Exception {
    fakeMaven("sleep 0.1; echo '// more' >>'" + source + "'");
    launch("cast");
    fakeMaven("");
    launch("cast");
    assertThat(builds()).isEqualTo(2);
    launch("cast");
    assertThat(builds()).isEqualTo(2);
  }

  /** A folder that nobody can write to; for the superuser, only one that the system keeps is. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCheckoutThatCannotBeWrittenIsNamed(boolean flock) throws Exception {
    Path target = root.resolve("target");
    if (Files.exists(Path.of("/proc/self"))) {
      Files.createSymbolicLink(target, Path.of("/proc"));
    } else {
      Files.createDirectory(target,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
    }
    Launch launch = start(flock, "cast").end();
    assertThat(launch.errText()).isEqualTo("fixlane: cannot write in " + root.toRealPath()
        + "/target, and what is built there is missing or older than the sources\n");
    assertThat(launch.exitCode()).isEqualTo(2);
    assertThat(builds()).isZero();
    Files.delete(target);
  }

  @Test
  void whatIsBuiltRunsWhereNothingCanBeWritten() throws Exception {
    launch("cast");
    Files.move(root.resolve("target"), folder.resolve("before"));
    Files.writeString(root.resolve("target"), "no folder");
    assertThat(launch("cast").outText()).startsWith("java ");
    assertThat(builds()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofTwoRunsOneBuildsAndTheOtherWaits(boolean flock) throws Exception {
    fakeMaven("sleep 1");
    Launch first = start(flock, "cast");
    Launch second = start(flock, "modes");
    assertThat(first.end().exitCode()).isZero();
    assertThat(second.end().exitCode()).isZero();
    assertThat(builds()).isEqualTo(1);
    assertThat(first.errText() + second.errText())
        .containsOnlyOnce("fixlane: waiting for the build of another run\n");
    assertThat(first.outText() + second.outText()).contains("Main cast", "Main modes");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aKilledRunLeavesNoLock(boolean flock) throws Exception {
    fakeMaven("echo $$ >'" + folder.resolve("mvn.pid") + "'; exec sleep 60");
    Launch killed = start(flock, "cast");
    Path pid = folder.resolve("mvn.pid");
    for (int i = 0; i < 200 && (!Files.exists(pid) || Files.size(pid) == 0); i++) {
      Thread.sleep(50);
    }
    ProcessHandle maven =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    killed.process().destroyForcibly().waitFor();
    maven.destroyForcibly();
    maven.onExit().get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    fakeMaven("");
    Launch next = start(flock, "cast").end();
    assertThat(next.exitCode()).isZero();
    assertThat(builds()).isEqualTo(1);
  }

  /** The number of a process that lives, but that started at another time. */
  @Test
  void aNumberThatAnotherProcessHasTakenHoldsNoLock() throws Exception {
    Path lock = write(root.resolve("target/fixlane-build.lock"),
        ProcessHandle.current().pid() + " 1\n");
    Launch launch = start(false, "cast").end();
    assertThat(launch.errText()).doesNotContain("waiting");
    assertThat(builds()).isEqualTo(1);
    assertThat(lock).doesNotExist();
    Files.delete(root.resolve("cli/target/app/fixlane-cli-1.jar"));
    write(lock, "");
    assertThat(start(false, "cast").end().exitCode()).isZero();
    assertThat(builds()).isEqualTo(2);
  }

  /** Java reads names of files in the letters of the locale. */
  @Test
  void javaHasMoreLettersThanAscii() throws Exception {
    Process locale = new ProcessBuilder("sh", "-c", "LC_ALL=C locale charmap; locale -a")
        .redirectError(Redirect.DISCARD).start();
    String known = new String(locale.getInputStream().readAllBytes(), UTF_8);
    String charmap = launch("cast").outText().lines().toList().getLast();
    boolean ascii = known.startsWith("ANSI_X3.4-1968\n") && known.matches("(?is).*utf-?8.*");
    assertThat(charmap).isEqualTo(ascii ? "UTF-8" : known.lines().findFirst().orElse(""));
  }
}
