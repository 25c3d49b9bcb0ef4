package io.fixlane.jmh.count;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A time that a benchmark finds itself, because it does not end when the benchmark does. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class MillisecondCounter {
  /** The time, in milliseconds. */
  public double milliseconds;
}
