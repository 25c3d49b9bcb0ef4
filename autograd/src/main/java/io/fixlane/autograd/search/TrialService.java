package io.fixlane.autograd.search;

import java.io.IOException;

/** A way to many machines: a module that has one provides this as a service. */
public interface TrialService {
  /** Returns what users call it, such as {@code spark}. */
  String name();

  /**
   * Makes a runner there.
   *
   * @param address where, as the way names its places
   * @param ground what the trials stand on
   * @throws IOException if nothing can be computed there
   */
  TrialRunner open(String address, Ground ground) throws IOException;
}
