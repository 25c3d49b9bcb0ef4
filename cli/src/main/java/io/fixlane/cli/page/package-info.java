/**
 * Pages: one HTML file each that needs nothing else, readable in light and dark, every number of a
 * figure also in a table.
 */
package io.fixlane.cli.page;
