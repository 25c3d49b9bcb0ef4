package io.fixlane.kernels.lanes;

/** The last step of a loop, from what was computed exactly to the word that is stored. */
sealed interface CastStep permits IntegerCast, FromFloatCast, FastFloatCast, ToFloatCast {}
