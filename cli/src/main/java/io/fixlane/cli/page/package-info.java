/**
 * Pages: one HTML file each that needs nothing else, readable in light and dark, every number of a
 * figure also in a table. In go headings, texts, tables and the numbers of figures; out comes the
 * text of the file. Begin with {@link io.fixlane.cli.page.Page}.
 */
package io.fixlane.cli.page;
