/**
 * What all commands need to speak with their user. In go texts, tables, files and mistakes; out
 * they come on a terminal of any kind, or in a file that is whole or not there. Begin with
 * {@link io.fixlane.cli.console.UserError}, which is how a command says a mistake, and
 * {@link io.fixlane.cli.console.OutputFile}.
 */
package io.fixlane.cli.console;
