package io.fixlane.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Ours against peers. */
class PeerRatioTest {
  private static BenchResult result(String name, Map<String, String> parameters, double score,
      String unit) {
    return new BenchResult(name, new TreeMap<>(parameters), score, 0, unit, Double.NaN,
        JsonMapper.shared().createObjectNode());
  }

  private static BenchResult step(String library, String threads, double score) {
    return result("TrainingStepPeers.step", Map.of("library", library, "threads", threads), score,
        "ms/op");
  }

  @Test
  void lessTimeIsFaster() {
    List<BenchResult> results =
        List.of(step("FIXLANE", "1", 10), step("FIXLANE", "2", 8), step("LIBTORCH", "2", 12));
    assertThat(PeerRatio.of(results.get(2), results)).contains(1.5);
  }

  @Test
  void oursIsLookedForAtTheSameWork() {
    BenchResult peer = step("LIBTORCH", "2", 12);
    assertThat(PeerRatio.of(peer, List.of(peer, step("FIXLANE", "1", 10)))).isEmpty();
    assertThat(PeerRatio.of(peer, List.of(peer,
        result("OtherPeers.step", Map.of("library", "FIXLANE", "threads", "2"), 10, "ms/op"))))
        .isEmpty();
  }

  @Test
  void onlyPeersHaveARatio() {
    BenchResult ours = step("FIXLANE", "1", 10);
    BenchResult other =
        result("GemmBenchmark.run", Map.of("library", "LIBTORCH"), 10, "GMAC/s");
    assertThat(PeerRatio.of(ours, List.of(ours))).isEmpty();
    assertThat(PeerRatio.of(other, List.of(ours, other))).isEmpty();
    assertThat(PeerRatio.isOfPeers(ours)).isTrue();
    assertThat(PeerRatio.isOfPeers(other)).isFalse();
  }
}
