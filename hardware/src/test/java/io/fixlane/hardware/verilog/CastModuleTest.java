package io.fixlane.hardware.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.reference.Fixed;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module of a cast: every word of small formats, in every mode. */
class CastModuleTest {
  private static final FixedFormat SIGNED = FixedFormat.signed(5, 5);
  private static final FixedFormat UNSIGNED = FixedFormat.unsigned(4, 4);
  /** Fraction bits: all of a source dropped and more, some, none, and zeros appended. */
  private static final int[] FRACTIONS = {-8, -5, -4, -2, -1, 0, 1, 4};

  @BeforeAll
  static void simulator() {
    Simulator.assume();
  }

  @Test
  void everyWordIsTheReferences(@TempDir Path folder) throws Exception {
    requireAll(folder, SIGNED, targets(3));
    requireAll(folder, UNSIGNED, targets(2));
  }

  @Test
  void aWrongBitIsFound(@TempDir Path folder) throws Exception {
    List<FixedFormat> targets = targets(1).subList(0, 3);
    assertThat(simulate(folder, SIGNED, targets, BigInteger.ONE)).isEqualTo("1 of 96 wrong\n");
  }

  private static void requireAll(Path folder, FixedFormat source, List<FixedFormat> targets)
      throws Exception {
    assertThat(targets).hasSizeGreaterThan(1000);
    assertThat(simulate(folder, source, targets, BigInteger.ZERO))
        .isEqualTo("0 of " + (targets.size() << source.width()) + " wrong\n");
  }

  private static List<FixedFormat> targets(int widest) {
    List<FixedFormat> targets = new ArrayList<>();
    for (int width = 1; width <= widest; width++) {
      for (int fraction : FRACTIONS) {
        for (boolean signed : new boolean[] {true, false}) {
          add(targets, signed, width, width - fraction);
        }
      }
    }
    return targets;
  }

  private static void add(List<FixedFormat> targets, boolean signed, int width, int integers) {
    for (OverflowMode overflow : OverflowMode.values()) {
      for (int n = 0; n <= (overflow.wraps() ? width : 0); n++) {
        for (QuantizationMode quantization : QuantizationMode.values()) {
          if (signed || overflow.servesUnsigned()) {
            targets.add(new FixedFormat(signed, width, integers, quantization, overflow, n));
          }
        }
      }
    }
  }

  /** Casts every word of a source into all targets; a mask changes what is expected of one. */
  private static String simulate(
      Path folder, FixedFormat source, List<FixedFormat> targets, BigInteger mask)
      throws Exception {
    StringBuilder instances = new StringBuilder();
    BigInteger change = mask;
    for (FixedFormat target : targets) {
      instances.append("  check #(").append(CastParameters.of(
          source.signed(), source.width(), source.fractionBits(), target))
          .append(", .EXPECTED(")
          .append(Names.constant(
              expected(source, target).xor(change), target.width() << source.width()))
          .append(")) u").append(instances.length()).append(" (a, compare);\n");
      change = BigInteger.ZERO;
    }
    String bench = """
        module check #(
          parameter SOURCE_BITS = 8, parameter SOURCE_SIGNED = 1, parameter DROPPED = 0,
          parameter BITS = 8, parameter SIGNED = 1, parameter QUANTIZATION = 5,
          parameter OVERFLOW = 3, parameter SATURATED = 0,
          parameter [BITS*(1<<SOURCE_BITS)-1:0] EXPECTED = 0
        ) (input wire [SOURCE_BITS-1:0] a, input wire compare);
          wire [BITS-1:0] y;
          fixlane_cast #(.SOURCE_BITS(SOURCE_BITS), .SOURCE_SIGNED(SOURCE_SIGNED),
              .DROPPED(DROPPED), .BITS(BITS), .SIGNED(SIGNED), .QUANTIZATION(QUANTIZATION),
              .OVERFLOW(OVERFLOW), .SATURATED(SATURATED)) cast (.a(a), .y(y));
          always @(posedge compare) begin
            casts.compared = casts.compared + 1;
            if (y !== EXPECTED[a*BITS +: BITS]) begin
              casts.wrong = casts.wrong + 1;
            end
          end
        endmodule

        module casts;
          reg [BITS-1:0] a;
          reg compare = 0;
          integer i;
          integer compared = 0;
          integer wrong = 0;
        INSTANCES
          initial begin
            for (i = 0; i < 1 << BITS; i = i + 1) begin
              a = i;
              #1 compare = 1;
              #1 compare = 0;
            end
            $display("%0d of %0d wrong", wrong, compared);
            $finish;
          end
        endmodule
        """.replace("INSTANCES", instances)
        .replace("reg [BITS-1:0] a;", "reg [" + (source.width() - 1) + ":0] a;")
        .replace("1 << BITS", "1 << " + source.width());
    Files.writeString(folder.resolve("casts.v"), bench);
    Files.writeString(folder.resolve("fixlane_cast.v"), Library.module("fixlane_cast"));
    return Simulator.run(folder, "casts", List.of("casts.v", "fixlane_cast.v"));
  }

  /** Returns what the reference makes of every word, that of the word 0 in the lowest bits. */
  private static BigInteger expected(FixedFormat source, FixedFormat target) {
    BigInteger words = BigInteger.ZERO;
    for (int i = (1 << source.width()) - 1; i >= 0; i--) {
      Fixed word = Fixed.ofRaw(source, source.wrap(BigInteger.valueOf(i)));
      BigInteger raw = word.cast(target).raw().mod(BigInteger.ONE.shiftLeft(target.width()));
      words = words.shiftLeft(target.width()).or(raw);
    }
    return words;
  }
}
