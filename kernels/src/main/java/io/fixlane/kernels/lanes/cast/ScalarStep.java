package io.fixlane.kernels.lanes.cast;

/**
 * A cast as data, of which a {@link ScalarCast} is made. It is a value: the data of a loop holds no
 * instance of another class, which would live as long as the key of the loop.
 */
public interface ScalarStep {
  /** Returns the cast; equal steps share one. */
  ScalarCast scalar();
}
