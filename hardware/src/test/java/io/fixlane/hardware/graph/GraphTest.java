package io.fixlane.hardware.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.network.Network;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a network is taken apart into nodes. */
class GraphTest {
  private static final FixedFormat X = FixedFormat.parse("ap_fixed<8,4,AP_RND,AP_SAT>");
  private static final FixedFormat Y = FixedFormat.parse("ap_fixed<9,4,AP_RND,AP_SAT>");

  private static Graph graph() {
    return Graph.of(Network.builder(X, 3)
        .relu("Begin:", X)
        .add("block", body -> body.cast("start", Y).relu("1 :", Y), Y)
        .relu("begin", X)
        .build());
  }

  @Test
  void branchesComeBeforeTheirSum() {
    Graph graph = graph();
    assertThat(graph.nodes()).extracting(Node::path).containsExactly(
        "Begin:", "block > body > start", "block > body > 1 :", "block", "begin");
    assertThat(graph.nodes()).extracting(Node::sources).containsExactly(
        List.of(Node.INPUT), List.of(0), List.of(1), List.of(2, 0), List.of(3));
    assertThat(graph.nodes()).extracting(node -> node.input().format())
        .containsExactly(X, X, Y, Y, Y);
    assertThat(graph.nodes()).extracting(node -> node.result().format())
        .containsExactly(X, Y, Y, Y, X);
  }

  @Test
  void readersAreCounted() {
    Graph graph = graph();
    assertThat(graph.readers(Node.INPUT)).isEqualTo(1);
    assertThat(graph.readers(0)).isEqualTo(2);
    assertThat(graph.readers(4)).isEqualTo(1);
  }

  @Test
  void identifiersAreOnesOfSourceCode() {
    assertThat(graph().nodes()).extracting(Node::identifier).containsExactly(
        "layer_begin", "layer_block_body_start", "layer_block_body_1", "layer_block",
        "layer_begin_2");
  }
}
