package io.fixlane.cli.cast;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.cast.Explanation.Line;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceCast;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What an explanation says is what the cast does, whatever the value and the formats. */
class CastPropertyTest {
  private static final int MAX_COLUMNS = 100;
  private static final int INDENT = 15;

  @Provide
  Arbitrary<FixedFormat> formats() {
    Arbitrary<Integer> widths = Arbitraries.oneOf(
        Arbitraries.integers().between(1, 12), Arbitraries.integers().between(1, 70),
        Arbitraries.integers().between(1, 4096));
    return Combinators
        .combine(Arbitraries.of(true, false), widths, Arbitraries.integers().between(-20, 20),
            Arbitraries.of(QuantizationMode.class), Arbitraries.of(OverflowMode.class),
            Arbitraries.integers().between(0, 6))
        .as((signed, w, i, q, o, n) -> !o.servesUnsigned() && !signed
            ? FixedFormat.unsigned(w, i, q, OverflowMode.AP_SAT)
            : new FixedFormat(signed, w, i, q, o, Math.min(n, w)))
        .withoutEdgeCases();
  }

  @Provide
  Arbitrary<Fixed> words() {
    return formats().flatMap(format -> Arbitraries.bigIntegers()
        .between(format.minRaw(), format.maxRaw())
        .map(raw -> new Fixed(format, raw)));
  }

  private static Explanation explain(Fixed value, FixedFormat target) {
    return CastExplainer.explain("title", "", new CastValue.Word(value), target);
  }

  private static Optional<String> text(Explanation explanation, String label) {
    return explanation.lines().stream().anyMatch(line -> isEntry(line, label))
        ? Optional.of(String.join(" ", lines(explanation, label)))
        : Optional.empty();
  }

  private static boolean isEntry(Line line, String label) {
    return line instanceof Line.Entry entry && entry.label().equals(label);
  }

  /** The last entry of a label with those that continue it. */
  private static List<String> lines(Explanation explanation, String label) {
    List<Line> all = explanation.lines();
    int from = all.size() - 1;
    while (!isEntry(all.get(from), label)) {
      from--;
    }
    int to = from + 1;
    while (to < all.size() && isEntry(all.get(to), "")) {
      to++;
    }
    return all.subList(from, to).stream().map(line -> ((Line.Entry) line).text()).toList();
  }

  @Property
  void theWordsShownAreTheCasts(@ForAll("words") Fixed value,
      @ForAll("formats") FixedFormat target) {
    Explanation explanation = explain(value, target);
    Fixed expected = value.cast(target);
    assertThat(explanation.result()).isEqualTo(expected);

    String hex = String.join("", lines(explanation, "hex"));
    assertThat(hex).startsWith("0x");
    assertThat(target.wrap(new BigInteger(hex.substring(2), 16))).isEqualTo(expected.raw());
    String raw = text(explanation, "raw").orElseThrow();
    if (!raw.contains("...")) {
      assertThat(raw).isEqualTo(expected.raw().toString());
    }
    String bits = text(explanation, "bits").orElseThrow();
    if (!bits.contains("...")) {
      assertThat(bits).isEqualTo(expected.toBits());
    }
  }

  @Property
  void theErrorShownIsResultMinusSource(@ForAll("words") Fixed value,
      @ForAll("formats") FixedFormat target) {
    List<String> error = lines(explain(value, target), "error");
    BigDecimal expected = value.cast(target).toBigDecimal().subtract(value.toBigDecimal());
    if (expected.signum() == 0) {
      assertThat(error).containsExactly("0: the result is exact");
      return;
    }
    assertThat(error).hasSize(2);
    assertThat(number(error.get(0))).satisfies(shown -> assertClose(shown, expected, error.get(0)));
    String[] steps = error.get(1).split(" steps? of ");
    assertThat(steps[1]).isEqualTo("2^" + -target.fractionBits());
    assertClose(number(steps[0]).multiply(target.step()), expected, steps[0]);
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text.replace("about ", ""));
  }

  /** What is not said to be about the value is the value; and about it is to 17 digits. */
  private static void assertClose(BigDecimal shown, BigDecimal expected, String text) {
    if (text.startsWith("about ")) {
      assertThat(shown.subtract(expected).abs())
          .isLessThanOrEqualTo(expected.abs().movePointLeft(16));
    } else {
      assertThat(shown).isEqualByComparingTo(expected);
    }
  }

  @Property
  void everyLineFitsTheScreen(@ForAll("words") Fixed value, @ForAll("formats") FixedFormat target) {
    for (Line line : explain(value, target).lines()) {
      if (line instanceof Line.Entry entry) {
        assertThat(INDENT + entry.text().length()).as(entry.text())
            .isLessThanOrEqualTo(MAX_COLUMNS);
      }
    }
  }

  @Property
  void thePictureShowsTheBitsWhereTheyAre(@ForAll("words") Fixed value,
      @ForAll("formats") FixedFormat target) {
    Explanation explanation = explain(value, target);
    if (value.format().equals(target)) {
      assertThat(text(explanation, "copy")).isPresent();
      return;
    }
    String source = text(explanation, "source").orElseThrow().split(" {2}2\\^")[0];
    String kept = lines(explanation, "kept").getFirst().split(" {2}2\\^")[0];
    String roles = text(explanation, "role").orElseThrow();
    for (int i = 0; i < Math.min(source.length(), kept.length()); i++) {
      if (roles.charAt(i) == 'k') {
        assertThat(kept.charAt(i)).as("column %d", i).isEqualTo(source.charAt(i));
      }
    }
    if (!source.contains("...")) {
      assertThat(source.replaceAll("[ .]", "")).isEqualTo(value.toBits().replace(".", ""));
      ReferenceCast cast = ReferenceCast.of(value.raw(), value.format().fractionBits(), target);
      if (roles.contains("q")) {
        assertThat(source.charAt(roles.indexOf('q')) == '1').isEqualTo(cast.halfBit());
      }
    }
  }

  @Property
  void signMagnitudeStepsAreTheRule(@ForAll("words") Fixed value,
      @ForAll("formats") FixedFormat target) {
    Explanation explanation = explain(value, target);
    Optional<String> inverted = text(explanation, "inverted");
    if (inverted.isEmpty()) {
      return;
    }
    ReferenceCast cast = ReferenceCast.of(value.raw(), value.format().fractionBits(), target);
    BigInteger wrapped = target.wrap(cast.quantized());
    int n = target.saturationBits();
    boolean no = inverted.get().startsWith("no,");
    String[] reason = inverted.get().split(", for ")[1]
        .split(",? (is not its MSB|is its MSB|not equal to s =|equal to s =) ");
    boolean left = reason[0].endsWith("1");
    boolean right = reason[1].equals("1");
    assertThat(no).as(inverted.get()).isEqualTo(n > 1 ? left != right : left == right);
    BigInteger low =
        BigInteger.ONE.shiftLeft(target.width() - Math.max(n, 1)).subtract(BigInteger.ONE);
    BigInteger word = no ? wrapped : wrapped.not();
    assertThat(cast.result().raw().and(low)).isEqualTo(word.and(low));
  }
}
