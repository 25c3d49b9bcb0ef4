package io.fixlane.jmh.count;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counts bytes, so that a throughput in operations per nanosecond also reads in GB/s. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class ByteCounter {
  /** Bytes read and written in this iteration. */
  public long bytes;
}
