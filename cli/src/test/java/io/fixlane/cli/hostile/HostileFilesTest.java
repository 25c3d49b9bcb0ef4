package io.fixlane.cli.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever a file holds, the command that reads it takes it, finds a mismatch, or refuses it in
 * words: it ends with 0, 1 or 2, never as a bug, never in an Error.
 */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
class HostileFilesTest {
  private static final String[] TRAIN =
      {"train", "--model", "mlp", "--epochs", "1", "--subset", "64", "--bits", "4"};
  private static final String VECTORS = """
      op\tcast
      x\tap_fixed<8,3>\t-128 0 1 127
      z\tap_fixed<4,2,AP_RND,AP_SAT>\t-8 0 0 7
      op\tshr 3
      x\tap_fixed<8,3>\t-128 64 7
      z\tap_fixed<8,3>\t-16 8 0
      op\tgemm m=1 n=2 k=2 relu=1
      x\tap_fixed<8,3>\t1 2
      y\tap_fixed<8,3>\t1 0 -1 3
      bias\tap_fixed<8,3>\t1 2
      acc\tap_fixed<20,10>
      z\tap_fixed<8,3>\t0 2
      op\tfrom_double
      x\tdouble\t0x3ff0000000000000 0xbfe0000000000000
      z\tap_fixed<8,3>\t32 -16
      """;

  private static Path folder;

  @BeforeContainer
  static void writeFiles() throws IOException {
    folder = Files.createTempDirectory("fixlane-hostile");
    assertThat(train("--checkpoint", folder.resolve("good").toString(), "--out",
        folder.resolve("good.fxn").toString()).exitCode()).isZero();
  }

  @AfterContainer
  static void deleteFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }

  private static Run train(String... more) {
    List<String> args = new ArrayList<>(List.of(TRAIN));
    args.addAll(List.of(more));
    return Run.of(args.toArray(String[]::new));
  }

  private static void assertEnds(Run run) {
    assertThat(run.exitCode()).as("%s%s", run.out(), run.err()).isIn(0, 1, 2);
    if (run.exitCode() == 2) {
      assertThat(run.err()).contains("fixlane: ").doesNotContain("\tat ");
    }
  }

  private static Path write(String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] changed(String good, Seal seal, Random random) throws IOException {
    return seal.seal(Mutation.of(Files.readAllBytes(folder.resolve(good)), random));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  @Property
  void vectors(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    byte[] text = Mutation.of(VECTORS.getBytes(StandardCharsets.US_ASCII), random);
    byte[] file = switch (random.nextInt(3)) {
      case 0 -> gzip(text);
      case 1 -> Mutation.of(gzip(text), random);
      default -> text;
    };
    String implementation = random.nextBoolean() ? "reference" : "kernels";
    assertEnds(Run.of("conform", "--implementation", implementation,
        write("changed.vec", file).toString()));
  }

  @Property
  void networks(@ForAll long seed) throws IOException {
    byte[] file = changed("good.fxn", Seal.NETWORK, new Random(seed));
    assertEnds(Run.of("evaluate", "--threads", "1", write("changed.fxn", file).toString()));
  }

  @Property
  void checkpoints(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    String stage = random.nextBoolean() ? ".float" : ".qfx";
    write("changed.float", Files.readAllBytes(folder.resolve("good.float")));
    write("changed.qfx", Files.readAllBytes(folder.resolve("good.qfx")));
    write("changed" + stage, changed("good" + stage, Seal.CHECKPOINT, random));
    assertEnds(train("--checkpoint", folder.resolve("changed").toString()));
  }

  @Property
  void results(@ForAll long seed) throws IOException {
    byte[] good;
    try (InputStream in = Run.class.getResourceAsStream("report/results.json")) {
      good = Objects.requireNonNull(in).readAllBytes();
    }
    Path file = write("changed.json", Mutation.of(good, new Random(seed)));
    assertEnds(
        Run.of("report", "--out", folder.resolve("report.html").toString(), file.toString()));
  }
}
