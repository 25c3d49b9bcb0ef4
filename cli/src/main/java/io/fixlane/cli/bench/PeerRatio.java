package io.fixlane.cli.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Ours against other libraries. A benchmark of peers has a class named Peers and a parameter
 * {@value #LIBRARY}; ours is FIXLANE, or FIXLANE_S8 where there are several, which is compared with
 * those libraries whose name ends as it does.
 */
public final class PeerRatio {
  private static final String PEERS = "Peers";
  private static final String LIBRARY = "library";
  private static final String OURS = "FIXLANE";

  private PeerRatio() {}

  /** Returns whether a result is of a benchmark of peers. */
  public static boolean isOfPeers(BenchResult result) {
    return result.type().endsWith(PEERS);
  }

  /**
   * Returns how many times as fast as a peer ours is.
   *
   * @param peer its result
   * @param results among which ours is looked for, at the same work
   * @return nothing where the result is ours or no peer's, or ours was not measured
   */
  public static Optional<Double> of(BenchResult peer, List<BenchResult> results) {
    String library = peer.parameter(LIBRARY);
    if (!isOfPeers(peer) || library.startsWith(OURS)) {
      return Optional.empty();
    }
    String words = library.substring(library.lastIndexOf('_') + 1);
    return results.stream()
        .filter(result -> result.name().equals(peer.name()) && work(result).equals(work(peer)))
        .filter(result -> result.parameter(LIBRARY).equals(OURS)
            || result.parameter(LIBRARY).equals(OURS + "_" + words))
        .findFirst()
        .map(ours -> ours.throughput()
            ? ours.score() / peer.score()
            : peer.score() / ours.score());
  }

  /** Returns the parameters but the library. */
  private static Map<String, String> work(BenchResult result) {
    SortedMap<String, String> work = new TreeMap<>(result.parameters());
    work.remove(LIBRARY);
    return work;
  }
}
