package io.fixlane.format;

/** Runs the examples of the Javadoc, which check what they show. */
class ExamplesTest extends FixedFormatExample {}
