package io.fixlane.reference;

/** Runs the examples of the Javadoc, which check what they show. */
class ExamplesTest extends ReferenceExample {}
