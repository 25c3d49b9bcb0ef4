/**
 * What a layer computes of one vector of words, as a circuit: integers of known ranges, each made
 * of others by an adder, a multiplier or a cast. A circuit knows nothing of streams and of no
 * language; {@link io.fixlane.hardware.circuit.Circuit} is where to start to read.
 */
package io.fixlane.hardware.circuit;
