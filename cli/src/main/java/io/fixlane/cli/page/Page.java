package io.fixlane.cli.page;

import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.li;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.style;
import static j2html.TagCreator.title;
import static j2html.TagCreator.ul;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A page: a title, what it says in a sentence, and sections. It is one file that loads nothing, and
 * follows the reader's choice of light or dark.
 *
 * {@snippet class = "io.fixlane.cli.page.PageExample" region = "page"}
 */
public final class Page {
  private final String title;
  private final String summary;
  private final List<Section> sections = new ArrayList<>();

  /**
   * Makes a page without sections.
   *
   * @param title its name
   * @param summary what it says, in a sentence or two
   */
  public Page(String title, String summary) {
    this.title = title;
    this.summary = summary;
  }

  /** Adds a section at the end of the page, and returns it to be filled. */
  public Section section(String heading) {
    Section section = new Section(sections.size() + 1, heading);
    sections.add(section);
    return section;
  }

  /** Returns the whole file, in UTF-8. */
  public byte[] bytes() {
    String text = "<!DOCTYPE html>\n" + html(
        head(
            meta().withCharset("utf-8"),
            meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
            meta().withName("color-scheme").withContent("light dark"),
            title(title),
            style(rawHtml(css()))),
        body(main(
            h1(title),
            p(summary).withClass("summary"),
            nav(ul(each(sections, s -> li(a(s.heading()).withHref("#" + s.id()))))),
            each(sections, Section::content))))
        .withLang("en").render() + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String css() {
    try (InputStream in = Page.class.getResourceAsStream("page.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
