package io.fixlane.cli.cast;

import io.fixlane.cli.cast.Explanation.Line;
import io.fixlane.cli.cast.Explanation.Role;
import io.fixlane.cli.cast.Explanation.Span;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;

/** Prints explanations, in colour where the terminal has it; the text is the same without. */
final class ExplanationPrinter {
  /** The longest label: AP_SAT_ZERO. */
  private static final int LABEL_WIDTH = 11;

  private final PrintWriter out;
  private final ColorScheme colors;

  ExplanationPrinter(PrintWriter out, ColorScheme colors) {
    this.out = out;
    this.colors = colors;
  }

  void print(Explanation explanation) {
    boolean title = true;
    for (Line line : explanation.lines()) {
      switch (line) {
        case Line.Heading heading ->
            out.println(styled((title ? "" : " ") + heading.text(), Style.bold));
        case Line.Entry entry ->
            out.println("  " + styled(label(entry), Style.faint) + "  " + spans(entry.spans()));
      }
      title = false;
    }
  }

  private static String label(Line.Entry entry) {
    return String.format(Locale.ROOT, "%-" + LABEL_WIDTH + "s", entry.label());
  }

  private String spans(List<Span> spans) {
    StringBuilder text = new StringBuilder();
    for (Span span : spans) {
      text.append(
          span.role() == Role.PLAIN ? span.text() : styled(span.text(), style(span.role())));
    }
    return text.toString();
  }

  private static IStyle style(Role role) {
    return switch (role) {
      case PLAIN -> Style.reset;
      case KEPT -> Style.fg_green;
      case HALF -> Style.fg_yellow;
      case STICKY -> Style.fg_magenta;
      case LOST -> Style.fg_red;
      case RESULT -> Style.bold;
    };
  }

  private String styled(String text, IStyle style) {
    return colors.apply(text, List.of(style)).toString();
  }
}
