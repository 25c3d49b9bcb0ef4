package io.fixlane.hardware.circuit;

/**
 * A number: an integer of a circuit, and how far it is from its place.
 *
 * @param value the integer v
 * @param fractionBits F, the number being v x 2<sup>-F</sup>
 */
public record Scaled(Value value, int fractionBits) {}
