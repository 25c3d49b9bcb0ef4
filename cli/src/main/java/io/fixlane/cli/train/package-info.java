/** The commands that train a network, and that evaluate one. */
package io.fixlane.cli.train;
