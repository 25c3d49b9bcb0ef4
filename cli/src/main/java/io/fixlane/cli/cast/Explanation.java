package io.fixlane.cli.cast;

import io.fixlane.reference.Fixed;
import java.util.ArrayList;
import java.util.List;

/**
 * One cast explained: lines of labelled text whose pieces carry a meaning, not a colour.
 *
 * @param lines the lines, from the source to the result
 * @param result what the cast gives
 */
record Explanation(List<Line> lines, Fixed result) {
  /** What a piece of text stands for. */
  enum Role {
    /** Nothing in particular. */
    PLAIN,
    /** A bit that the destination keeps. */
    KEPT,
    /** qb, the first bit dropped. */
    HALF,
    /** A bit dropped below qb. */
    STICKY,
    /** A bit above the destination, or the word of an overflow. */
    LOST,
    /** A part of the result. */
    RESULT
  }

  /** A piece of text. */
  record Span(Role role, String text) {}

  /** One line. */
  sealed interface Line {
    /** A line that names what follows; the first of an explanation is its title. */
    record Heading(String text) implements Line {}

    /** A label and what it stands for. An empty label continues the line above. */
    record Entry(String label, List<Span> spans) implements Line {
      String text() {
        StringBuilder text = new StringBuilder();
        spans.forEach(span -> text.append(span.text()));
        return text.toString();
      }
    }
  }

  /** Collects lines. */
  static final class Builder {
    /** What a terminal of 100 columns leaves for the text of an entry. */
    private static final int MAX_TEXT = 85;

    private final List<Line> lines = new ArrayList<>();

    Builder heading(String text) {
      lines.add(new Line.Heading(text));
      return this;
    }

    Builder entry(String label, String text) {
      return entry(label, Role.PLAIN, text);
    }

    /** Adds an entry, which goes on in further lines where it is long. */
    Builder entry(String label, Role role, String text) {
      int blank = text.length() <= MAX_TEXT ? -1 : text.lastIndexOf(' ', MAX_TEXT);
      if (blank < 0) {
        return entry(label, List.of(new Span(role, text)));
      }
      return entry(label, List.of(new Span(role, text.substring(0, blank))))
          .entry("", role, text.substring(blank + 1));
    }

    Builder entry(String label, List<Span> spans) {
      lines.add(new Line.Entry(label, List.copyOf(spans)));
      return this;
    }

    List<Line> lines() {
      return List.copyOf(lines);
    }

    Explanation build(Fixed result) {
      return new Explanation(List.copyOf(lines), result);
    }
  }
}
