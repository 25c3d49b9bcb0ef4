/**
 * The command {@code fixlane experiments}: the plan of the runs, their results, and the page. In go
 * data and the rows of a grid; out come a folder of results, one file for each run, which a later
 * call goes on from, and a report. Begin with
 * {@link io.fixlane.cli.experiments.ExperimentsCommand}.
 */
package io.fixlane.cli.experiments;
