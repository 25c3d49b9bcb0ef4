/**
 * {@code fixlane import}: models of quantized numbers by other tools. In comes a command line, out
 * goes the file of a network.
 */
package io.fixlane.cli.imports;
