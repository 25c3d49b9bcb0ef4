import org.jspecify.annotations.NullMarked;

/** The golden vectors, the reader and writer of their format, and the suite that runs them. */
@NullMarked
module io.fixlane.conformance {
  requires transitive io.fixlane.reference;
  requires static org.jspecify;

  exports io.fixlane.conformance;
}
