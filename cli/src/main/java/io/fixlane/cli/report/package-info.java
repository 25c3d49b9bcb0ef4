/**
 * The command {@code fixlane report}: what the benchmarks measured, as a page. In go files of
 * results as {@code fixlane bench} writes them; out comes one HTML file. Begin with
 * {@link io.fixlane.cli.report.ReportCommand}.
 */
package io.fixlane.cli.report;
