/** The command {@code fixlane report}: what the benchmarks measured, as a page. */
package io.fixlane.cli.report;
