/**
 * A network as hardware is wired: its layers as nodes, blocks taken apart into their branches and
 * what becomes of those. A network comes in; nodes in an order of computation go out, each with the
 * nodes that it takes words from, what a sample is before and behind it, and a name that C++ and
 * Verilog take. {@link io.fixlane.hardware.graph.Graph} is where to start to read.
 */
package io.fixlane.hardware.graph;
