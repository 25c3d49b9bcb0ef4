package io.fixlane.cli.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.fixed.Qfx;
import io.fixlane.autograd.fixed.QfxOptions;
import io.fixlane.autograd.fixed.StartRule;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.models.Model;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The choices of I are all those about the calibrated ones, each once. */
class NearPointsTest {
  private static Sequential network() {
    Sequential network =
        Qfx.convert(Model.MLP.build(new int[] {2, 2, 1}, 3, 1), QfxOptions.bits(4));
    Qfx.calibrate(network, Tensor.of(new float[] {1, 2, 3, 4}, 1, 2, 2, 1),
        new StartRule.Maximum());
    return network;
  }

  private static List<Integer> points(Sequential network, List<String> casts) {
    return casts.stream()
        .map(path -> Qfx.casts(network).get(path).format().integerBits()).toList();
  }

  @Test
  void eachIsOneLessTheSameOrOneMore() {
    NearPoints points = NearPoints.of(network(), 4);
    assertThat(points.casts()).hasSize(5).doesNotContain("hidden.biasCast", "output.biasCast");
    assertThat(points.count()).isEqualTo(243);
    List<Integer> calibrated = points(network(), points.casts());
    Set<List<Integer>> seen = new HashSet<>();
    for (int choice = 0; choice < points.count(); choice++) {
      Sequential network = network();
      points.choose(choice, network);
      List<Integer> chosen = points(network, points.casts());
      assertThat(seen.add(chosen)).isTrue();
      IntStream.range(0, calibrated.size()).forEach(
          i -> assertThat(chosen.get(i) - calibrated.get(i)).isBetween(-1, 1));
    }
    Sequential network = network();
    points.choose(points.count() / 2, network);
    assertThat(points(network, points.casts())).isEqualTo(calibrated);
  }
}
