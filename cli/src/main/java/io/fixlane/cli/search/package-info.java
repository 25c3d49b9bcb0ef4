/**
 * The command {@code fixlane search}: which formats are worth their bits. In go images, a model and
 * the formats to try; out come a folder of trials, which a later call goes on from, the best
 * networks, and a page with their Pareto fronts. Begin with
 * {@link io.fixlane.cli.search.SearchCommand}.
 */
package io.fixlane.cli.search;
