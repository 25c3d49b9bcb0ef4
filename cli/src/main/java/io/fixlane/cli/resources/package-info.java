/**
 * The command that counts what a network takes of an FPGA. A network comes in; estimates, and the
 * counts of a synthesiser where they are asked for, go out as a table, as JSON or as a page.
 * {@link io.fixlane.cli.resources.ResourcesCommand} is where to start to read.
 */
@NullMarked
package io.fixlane.cli.resources;

import org.jspecify.annotations.NullMarked;
