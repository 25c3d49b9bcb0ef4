package io.fixlane.cli.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.fixlane.cli.Run;
import io.fixlane.cli.console.Child;
import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.FixedTensor;
import io.fixlane.tensor.npy.NpyArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where they are there, a simulator of Verilog and a C++ compiler read what is written. */
class OthersReadTest {
  private static final int WORDS = 200;

  @TempDir
  private Path folder;
  private WordsFixture files;

  @BeforeEach
  void begin() {
    files = new WordsFixture(folder);
  }

  private FixedTensor write(String format, String to, String... more) throws IOException {
    FixedFormat fixed = FixedFormat.parse(format);
    FixedTensor words = FixedTensor.allocate(fixed, WORDS);
    SplittableRandom random = new SplittableRandom(1);
    int unused = Long.SIZE - fixed.width();
    for (int i = 0; i < WORDS; i++) {
      long bits = i == 0 ? Long.MIN_VALUE : random.nextLong();
      words.setRaw(i, fixed.signed() ? bits >> unused : bits >>> unused);
    }
    NpyArray.of(words).write(files.path("words.npy"));
    String[] options = new String[more.length + 2];
    options[0] = "--out";
    options[1] = files.path(to).toString();
    System.arraycopy(more, 0, options, 2, more.length);
    Run run = files.run("words.npy", format, options);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return words;
  }

  private String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).directory(folder.toFile())
        .redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @ParameterizedTest
  @CsvSource({"mem,h,'ap_fixed<11,3>'", "memb,b,'ap_ufixed<7,3>'", "hex,h,'ap_fixed<64,3>'"})
  void aSimulatorReadsMemories(String kind, String radix, String format) throws Exception {
    assumeFalse(Child.firstWords(List.of("iverilog", "-V")).isEmpty(), "iverilog is not there");
    write(format, "rom." + kind);
    int width = FixedFormat.parse(format).width();
    files.write("rom.v", """
        module rom;
          reg [%d:0] words [0:%d];
          initial begin
            $readmem%s("rom.%s", words);
            $writemem%s("back.%s", words);
          end
        endmodule
        """.formatted(width - 1, WORDS - 1, radix, kind, radix, kind));
    run("iverilog", "-o", "rom", "rom.v");
    run("vvp", "rom");
    // What the simulator writes is read again, addresses and comments included.
    Run run = files.run("back." + kind, format, "--kind", radix.equals("h") ? "mem" : "memb",
        "--out", files.path("back.npy").toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(files.path("back.npy")).hasSameBinaryContentAs(files.path("words.npy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ap_fixed<8,3>", "ap_ufixed<16,3>", "ap_ufixed<32,3>", "ap_fixed<64,3>",
    "ap_ufixed<64,3>"})
  void aCompilerReadsRawWords(String format) throws Exception {
    assumeFalse(Child.firstWords(List.of("g++", "--version")).isEmpty(), "g++ is not there");
    FixedTensor words = write(format, "rom.h", "--numbers-out", "raw", "--name", "rom");
    files.write("main.cpp", """
        #include "rom.h"
        #include <cstdio>
        int main() {
          static_assert(sizeof rom / sizeof rom[0] == %d, "words");
          for (auto word : rom) std::printf("%%lld\\n", (long long) word);
        }
        """.formatted(WORDS));
    run("g++", "-std=c++14", "-Wall", "-Werror", "-o", "main", "main.cpp");
    List<String> lines = run(folder.resolve("main").toString()).lines().toList();
    for (int i = 0; i < WORDS; i++) {
      assertThat(lines.get(i)).isEqualTo(Long.toString(words.raw(i)));
    }
  }

  /** The decimals of a header are doubles, which are cast to nothing but the words. */
  @Test
  void aCompilerReadsValues() throws Exception {
    assumeFalse(Child.firstWords(List.of("g++", "--version")).isEmpty(), "g++ is not there");
    FixedTensor words = write("ap_fixed<53,9>", "rom.h", "--name", "rom");
    Files.writeString(files.path("ap_fixed.h"),
        "template <int W, int I> using ap_fixed = double;\n");
    files.write("main.cpp", """
        #include "rom.h"
        #include <cstdio>
        int main() {
          for (auto value : rom) std::printf("%a\\n", value);
        }
        """);
    run("g++", "-std=c++14", "-o", "main", "main.cpp");
    List<String> lines = run(folder.resolve("main").toString()).lines().toList();
    double[] values = words.dequantize(new double[WORDS]);
    for (int i = 0; i < WORDS; i++) {
      assertThat(Double.parseDouble(lines.get(i))).isEqualTo(values[i]);
    }
  }
}
