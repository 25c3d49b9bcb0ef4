/** What all commands need to speak with their user. */
package io.fixlane.cli.console;
