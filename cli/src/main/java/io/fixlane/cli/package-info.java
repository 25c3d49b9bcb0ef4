/**
 * The command {@code fixlane}: in comes a command line, out go text, files and an exit code. {@link
 * io.fixlane.cli.Main} is where the JVM starts, {@link io.fixlane.cli.FixlaneCommand} names the
 * subcommands, of which each has a package below this one, and {@link io.fixlane.cli.Failures} is
 * what a user sees of a mistake.
 */
package io.fixlane.cli;
