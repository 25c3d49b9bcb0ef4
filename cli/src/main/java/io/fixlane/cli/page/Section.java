package io.fixlane.cli.page;

import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;

import j2html.TagCreator;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/** A section of a page: what is added stands in its order. All text is escaped. */
public final class Section {
  private final int number;
  private final String heading;
  private final List<DomContent> parts = new ArrayList<>();
  private int figures;

  Section(int number, String heading) {
    this.number = number;
    this.heading = heading;
  }

  /** Adds a paragraph. */
  public Section paragraph(String text) {
    parts.add(p(text));
    return this;
  }

  /** Adds a table, with what it says above it. */
  public Section table(String caption, Table table) {
    parts.add(TagCreator.figure(figcaption(caption), scrolling(table.content())));
    return this;
  }

  /** Adds a table that is closed at first, for what is long. */
  public Section folded(String caption, Table table) {
    parts.add(details(summary(caption), scrolling(table.content())));
    return this;
  }

  /** Adds the command that makes what stands above it again. */
  public Section command(String command) {
    parts.add(reproduction("Made by", command));
    return this;
  }

  /**
   * Adds a figure with what it says above it, its numbers as a table that opens, and the command
   * that makes its numbers again.
   */
  public Section figure(String caption, Figure figure, String command) {
    figures++;
    String id = id() + "-figure-" + figures;
    DomContent numbers = figure instanceof HeatMap
        ? text("")
        : details(summary("The numbers"), scrolling(figure.numbers().content()));
    parts.add(TagCreator.figure(
        figcaption(caption),
        scrolling(rawHtml(figure.drawing(id, caption))),
        numbers,
        reproduction("Made by", command)).withId(id));
    return this;
  }

  /** Adds that there is nothing to show yet, and the command that changes it. */
  public Section missing(String what, String command) {
    parts.add(div(p(what), reproduction("It is made by", command)).withClass("missing"));
    return this;
  }

  String id() {
    return "section-" + number;
  }

  String heading() {
    return heading;
  }

  DomContent content() {
    return section(h2(heading), each(parts, part -> part)).withId(id());
  }

  private static DomContent reproduction(String words, String command) {
    return div(text(words), pre(code(command))).withClass("command");
  }

  /** What may be wider than a narrow screen scrolls by itself, not the page with it. */
  private static DomContent scrolling(DomContent wide) {
    return div(wide).withClass("scrolling").attr("tabindex", "0");
  }
}
