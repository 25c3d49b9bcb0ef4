/**
 * The command {@code fixlane modes}: out go the table of the quantization and overflow modes, or
 * their transfer curves as SVG files. Nothing comes in but a directory to write to. {@link
 * io.fixlane.cli.modes.ModesCommand} is where to start.
 */
package io.fixlane.cli.modes;
