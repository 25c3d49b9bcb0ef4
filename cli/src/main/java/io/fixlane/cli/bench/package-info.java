/** The command {@code fixlane bench}: how fast this machine is. */
package io.fixlane.cli.bench;
