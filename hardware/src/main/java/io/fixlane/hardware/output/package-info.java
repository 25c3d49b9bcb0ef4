/** How a project, a folder of text files, is written: whole or not at all. */
package io.fixlane.hardware.output;
