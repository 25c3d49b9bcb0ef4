package io.fixlane.cli.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.Run;
import io.fixlane.cli.train.IdxFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a file holds, the command that reads it takes it, finds a mismatch, or refuses it in
 * words: it ends with 0, 1 or 2, never as a bug, never in an Error. The property {@value #FILES}
 * says how many files of each kind are tried, others each time; without it, the same few are.
 */
@Tag("property")
class HostileFilesTest {
  private static final String FILES = "fixlane.tests.files";
  private static final String[] TRAIN =
      {"train", "--model", "mlp", "--epochs", "1", "--subset", "32", "--bits", "4"};
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
  private static final String DUMP = "# csim\n0.5 -1.25\n3.96875, -4\n0x7f\n";

  private static final String[] KINDS =
      {"npy", "npz", "csv", "dat", "hex", "mem", "memb", "coe", "h"};
  private static final String[] FORMATS =
      {"ap_fixed<8,3>", "ap_ufixed<64,70>", "ap_fixed<4096,-100>", "ap_fixed<32,-2000000000>"};
  private static final String[] MEANINGS = {"--raw", "--values", "--cast", "--max-words=1"};

  @TempDir
  private static Path folder;

  /** Runs a command line on a change of a file. */
  @FunctionalInterface
  private interface Attack {
    Run run(Random random) throws IOException;
  }

  @BeforeAll
  static void writeFiles() throws IOException {
    Run run = train("--checkpoint", folder.resolve("good").toString(), "--out",
        folder.resolve("good.fxn").toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    IdxFiles.write(folder, 4, 40, i -> i % 10);
  }

  private static Run train(String... more) {
    List<String> args = new ArrayList<>(List.of(TRAIN));
    args.addAll(List.of(more));
    return Run.of(args.toArray(String[]::new));
  }

  private static void attack(Attack attack) throws IOException {
    Integer more = Integer.getInteger(FILES);
    int files = more == null ? 25 : more;
    long first = more == null ? 0 : System.nanoTime();
    for (int i = 0; i < files; i++) {
      long seed = first + i;
      Run run;
      try {
        run = attack.run(new Random(seed));
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed, e);
      }
      assertThat(run.exitCode()).as("seed %d: %s%s", seed, run.out(), run.err()).isIn(0, 1, 2);
      if (run.exitCode() == 2) {
        assertThat(run.err()).as("seed %d", seed).contains("fixlane: ").doesNotContain("\tat ");
      }
    }
    System.out.println(files + " files, seeds from " + first);
  }

  private static String write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes).toString();
  }

  private static byte[] read(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name));
  }

  /** Returns a changed text, packed, or packed and then changed. */
  private static byte[] changed(String text, Random random) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return switch (random.nextInt(3)) {
      case 0 -> gzip(Mutation.of(bytes, random));
      case 1 -> Mutation.of(gzip(bytes), random);
      default -> Mutation.of(bytes, random);
    };
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void vectors() throws IOException {
    attack(random -> Run.of("conform",
        "--implementation", random.nextBoolean() ? "reference" : "kernels",
        write("changed.vec", changed(VECTORS, random))));
  }

  @Test
  void dumps() throws IOException {
    String good = write("good.log", DUMP.getBytes(StandardCharsets.US_ASCII));
    attack(random -> Run.of("compare", good, write("changed.log", changed(DUMP, random)),
        "--format", "ap_fixed<8,3>"));
  }

  @Test
  void words() throws IOException {
    String text = write("good.txt", "0.5 -1.25 3.96875 -4 0 0.03125".getBytes(
        StandardCharsets.US_ASCII));
    String target = folder.resolve("target.npy").toString();
    for (String kind : KINDS) {
      String good = folder.resolve("good." + kind).toString();
      Run run = Run.of("words", text, "--format", "ap_fixed<8,3>", "--out", good);
      assertThat(run.exitCode()).as(run.err()).isZero();
      byte[] bytes = read("good." + kind);
      attack(random -> Run.of("words", write("changed." + kind, Mutation.of(bytes, random)),
          "--format", FORMATS[random.nextInt(FORMATS.length)],
          MEANINGS[random.nextInt(MEANINGS.length)], "--to", "ap_fixed<4,2,AP_RND,AP_SAT>",
          "--force", "--out", target));
    }
  }

  @Test
  void listsOfArrays() throws IOException {
    String text = write("list.txt", "0.5 -1.25".getBytes(StandardCharsets.US_ASCII));
    for (String kind : new String[] {"npy", "npz"}) {
      String good = folder.resolve("list." + kind).toString();
      assertThat(Run.of("words", text, "--format", "ap_fixed<8,3>", "--out", good).exitCode())
          .isZero();
      byte[] bytes = read("list." + kind);
      attack(random -> Run.of("words", write("changed." + kind, Mutation.of(bytes, random))));
    }
  }

  @Test
  void samples() throws IOException {
    String network = folder.resolve("good.fxn").toString();
    String text = write("samples.txt", "0.5\n".repeat(128).getBytes(StandardCharsets.US_ASCII));
    String good = folder.resolve("samples.npy").toString();
    Run run = Run.of("words", text, "--format", "ap_fixed<4,1>", "--shape", "2,8,8,1", "--out",
        good);
    assertThat(run.exitCode()).as(run.err()).isZero();
    byte[] bytes = read("samples.npy");
    attack(random -> Run.of("show", network, "--trace",
        write("changed.npy", Mutation.of(bytes, random))));
  }

  @Test
  void models() throws IOException {
    String model = folder.resolve("good.onnx").toString();
    assertThat(Run.of("export", folder.resolve("good.fxn").toString(), "--onnx", model).exitCode())
        .isZero();
    byte[] bytes = read("good.onnx");
    attack(random -> Run.of("show", write("changed.onnx", Mutation.of(bytes, random))));
  }

  @Test
  void networks() throws IOException {
    byte[] good = read("good.fxn");
    attack(random -> Run.of("evaluate", "--threads", "1",
        write("changed.fxn", Seal.NETWORK.seal(Mutation.of(good, random)))));
  }

  @Test
  void checkpoints() throws IOException {
    byte[] floats = read("good.float");
    byte[] fixed = read("good.qfx");
    String checkpoint = folder.resolve("changed").toString();
    attack(random -> {
      boolean first = random.nextBoolean();
      write("changed.float",
          first ? Seal.CHECKPOINT.seal(Mutation.of(floats, random)) : floats);
      write("changed.qfx", first ? fixed : Seal.CHECKPOINT.seal(Mutation.of(fixed, random)));
      return train("--checkpoint", checkpoint);
    });
  }

  @Test
  void images() throws IOException {
    String[] names = {"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
      "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"};
    attack(random -> {
      String name = names[random.nextInt(names.length)];
      byte[] good = read(name);
      write(name, random.nextBoolean()
          ? Mutation.of(good, random)
          : gzip(Mutation.of(good, random)));
      Run run = train("--data", folder.toString());
      write(name, good);
      return run;
    });
  }

  @Test
  void lines() throws IOException {
    StringBuilder lines = new StringBuilder("label,1,2,3,4\n");
    for (int i = 0; i < 50; i++) {
      lines.append(i % 10).append(",0,").append(i).append(",255,").append(5 * i).append('\n');
    }
    attack(random -> train("--data", write("changed.csv", changed(lines.toString(), random))));
  }

  @Test
  void results() throws IOException {
    try (InputStream in = Run.class.getResourceAsStream("report/results.json")) {
      byte[] good = Objects.requireNonNull(in).readAllBytes();
      String page = folder.resolve("report.html").toString();
      attack(random -> Run.of("report", "--out", page,
          write("changed.json", Mutation.of(good, random))));
    }
  }
}
