/** The command {@code fixlane experiments}: the plan of the runs, their results, and the page. */
package io.fixlane.cli.experiments;
