package io.fixlane.jmh.count;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Counts words, so that a throughput in operations per nanosecond also reads in Gwords a second.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class WordCounter {
  /** Words computed in this iteration. */
  public long words;

  /** Bytes that memory and core must exchange for them at least. */
  public long bytes;

  /** Adds a call: its words, and its {@link Traffic}. */
  public void add(long callWords, long callBytes) {
    words += callWords;
    bytes += callBytes;
  }
}
