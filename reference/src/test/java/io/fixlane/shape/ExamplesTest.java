package io.fixlane.shape;

/** Runs the examples of the Javadoc, which check what they show. */
class ExamplesTest extends WindowExample {}
