package io.fixlane.cli.cast;

import io.fixlane.cli.cast.BitColumns.Column;
import io.fixlane.cli.cast.Explanation.Role;
import io.fixlane.cli.cast.Explanation.Span;
import io.fixlane.format.FixedFormat;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.LongPredicate;

/**
 * The source's bits above those the destination keeps, each column one weight.
 *
 * <pre>
 *   source  000.01011  2^2 .. 2^-5
 *   role    xkk.kkqrr
 *   kept     00.01     2^1 .. 2^-2
 * </pre>
 */
final class BitPicture {
  private static final String GAP = "...";

  private final Weights source;
  private final Weights target;
  private final BigInteger sourceWord;
  private final BigInteger keptWord;
  private final List<Column> columns;

  /**
   * Draws a cast.
   *
   * @param sourceWord v
   * @param source the weights of v's bits
   * @param target the destination
   * @param keptWord the bits of t that the destination has room for
   */
  BitPicture(BigInteger sourceWord, Weights source, FixedFormat target, BigInteger keptWord) {
    this.source = source;
    this.target = Weights.of(target.width(), target.fractionBits());
    this.sourceWord = sourceWord;
    this.keptWord = keptWord;
    this.columns = BitColumns.of(source, this.target);
  }

  /** Adds the three rows and what their letters mean. */
  void addTo(Explanation.Builder lines) {
    lines.entry("source", wordRow(sourceWord, source));
    lines.entry("role",
        row(weight -> source.contains(weight) || target.contains(weight), this::letter));
    lines.entry("kept", wordRow(keptWord, target));
    lines.entry("", legend());
  }

  private List<Span> wordRow(BigInteger word, Weights weights) {
    List<Span> spans =
        row(weights::contains, weight -> word.testBit((int) (weight - weights.low())) ? '1' : '0');
    append(spans, Role.PLAIN, "  " + weights);
    return spans;
  }

  private interface Letters {
    char at(long weight);
  }

  private List<Span> row(LongPredicate drawn, Letters letters) {
    List<Span> spans = new ArrayList<>();
    for (Column column : columns) {
      switch (column) {
        case Column.Bit(long weight) ->
            append(spans, role(weight),
                drawn.test(weight) ? String.valueOf(letters.at(weight)) : " ");
        // No word begins or ends in a gap.
        case Column.Gap(Weights weights) ->
            append(spans, role(weights.low()),
                drawn.test(weights.low()) ? GAP : " ".repeat(GAP.length()));
        case Column.Point() -> append(spans, Role.PLAIN, drawn.test(-1) ? "." : " ");
      }
    }
    return spans;
  }

  private static void append(List<Span> spans, Role role, String text) {
    boolean same = !spans.isEmpty() && spans.getLast().role() == role;
    spans.add(new Span(role, same ? spans.removeLast().text() + text : text));
  }

  private Role role(long weight) {
    if (weight > target.high()) {
      return Role.LOST;
    }
    return weight >= target.low()
        ? Role.KEPT
        : weight == target.low() - 1 ? Role.HALF : Role.STICKY;
  }

  private char letter(long weight) {
    if (!source.contains(weight)) {
      return weight > source.high() ? 's' : '0';
    }
    return switch (role(weight)) {
      case LOST -> 'x';
      case KEPT -> 'k';
      case HALF -> 'q';
      default -> 'r';
    };
  }

  private String legend() {
    StringJoiner legend = new StringJoiner("; ");
    if (source.high() > target.high()) {
      legend.add("x above the destination");
    }
    if (target.high() > source.high()) {
      legend.add("s copy of the sign");
    }
    if (source.meets(target)) {
      legend.add("k kept");
    }
    if (target.low() < source.low()) {
      legend.add("0 appended");
    }
    if (source.contains(target.low() - 1)) {
      legend.add("q = qb");
    }
    if (source.low() < target.low() - 1) {
      legend.add("r below qb");
    }
    return legend.toString();
  }
}
