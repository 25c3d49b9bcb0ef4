/**
 * The same work done by other libraries, and by Fixlane in the same run.
 *
 * <p>Each of the peers computes in one thread, on operands that are in place, and its results are
 * checked before it is timed.
 */
@NullMarked
package io.fixlane.jmh.peers;

import org.jspecify.annotations.NullMarked;
