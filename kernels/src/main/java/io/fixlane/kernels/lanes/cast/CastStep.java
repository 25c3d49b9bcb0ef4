package io.fixlane.kernels.lanes.cast;

/** The last step of a loop, from what was computed exactly to the word that is stored. */
public sealed interface CastStep permits IntegerCast, FromFloatCast, FastFloatCast, ToFloatCast {}
