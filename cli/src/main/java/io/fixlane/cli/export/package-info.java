/** The command that writes networks for hardware. */
@NullMarked
package io.fixlane.cli.export;

import org.jspecify.annotations.NullMarked;
