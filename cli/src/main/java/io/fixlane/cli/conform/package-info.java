/** The commands {@code fixlane conform} and {@code fixlane compare}. */
package io.fixlane.cli.conform;
