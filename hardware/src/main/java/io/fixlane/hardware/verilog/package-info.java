/**
 * Networks as Verilog-2005: a module a layer, streams between them, and a test bench.
 * {@link io.fixlane.hardware.verilog.Design} is where to start to read.
 */
package io.fixlane.hardware.verilog;
