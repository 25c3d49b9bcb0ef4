package io.fixlane.jmh.count;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Counts products added to a sum, so that a throughput in operations per nanosecond also reads in
 * GMAC a second.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class MacCounter {
  /** Products of this iteration. */
  public long macs;

  /** Bytes that memory and core must exchange for them at least. */
  public long bytes;

  /** Adds a call: its products, and its {@link Traffic}. */
  public void add(long callMacs, long callBytes) {
    macs += callMacs;
    bytes += callBytes;
  }
}
