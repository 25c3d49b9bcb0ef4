package io.fixlane.network;

import static io.fixlane.network.SmallNetwork.W;
import static io.fixlane.network.SmallNetwork.WIDE;
import static io.fixlane.network.SmallNetwork.X;
import static io.fixlane.network.SmallNetwork.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.kernels.OutputStage;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.FlattenLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.ResidualLayer;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.network.layer.UnaryLayer.Relu;
import io.fixlane.network.layer.Weights;
import io.fixlane.network.plan.Samples;
import io.fixlane.tensor.FixedTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a network tells of its layers, and of their words. */
class LayersTest {
  @Nested
  class Examples extends LayerExample {}

  @Nested
  class BinaryExamples extends BinaryExample {}

  @Test
  void aNetworkIsBuiltOfItsLayersAgain() {
    Network network = SmallNetwork.network();
    Network again = Network.of(network.inputFormat(), network.inputShape(), network.layers());
    assertThat(again.toBytes()).isEqualTo(network.toBytes());
    assertThat(again.explain()).isEqualTo(network.explain());
  }

  @Test
  void typesAreThoseOfTheWordsOfATrace() {
    Network network = SmallNetwork.network();
    SequencedMap<String, TensorType> types = network.resultTypes();
    SequencedMap<String, FixedTensor> words =
        network.trace(
            FixedTensor.allocate(network.inputFormat(), Samples.shape(network.inputType(), 2)));
    assertThat(types.sequencedKeySet()).containsExactlyElementsOf(words.sequencedKeySet());
    words.forEach((name, layer) -> {
      assertThat(layer.format()).isEqualTo(types.get(name).format());
      assertThat(layer.shape()).isEqualTo(Samples.shape(types.get(name), 2));
    });
  }

  @Test
  void layersAreAddedToOthers() {
    Layer relu = new UnaryLayer("relu", new Relu(), X);
    Network network = Network.builder(X, 2)
        .add("block", body -> body.add(relu), X).flatten("flatten").build();
    assertThat(network.layers()).hasSize(2);
    assertThat(network.layers().getFirst())
        .isEqualTo(new ResidualLayer("block", List.of(relu), List.of(), false, X));
  }

  @Test
  void whatCannotBeAddedIsNamedAndLeavesNoName() {
    Layer relu = new UnaryLayer("relu", new Relu(), X);
    Layer flat = new FlattenLayer("flat");
    NetworkBuilder builder = Network.builder(X, 2, 1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> builder.add(new ResidualLayer("it", List.of(relu, flat), List.of(), true, X)))
        .withMessage("layer \"it\": its body gives " + X + " [2] and its shortcut " + X
            + " [2, 1, 1]: the shapes must be the same");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.add(new ResidualLayer("it", List.of(), List.of(), true, X)))
        .withMessage("layer \"it\": its body has no layers: it must have one");
    assertThat(builder.add(relu).add(flat).cast("it", X).build().layerNames())
        .containsExactly("relu", "flat", "it");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.add(relu))
        .withMessage("layer \"relu\": the network has another layer of this name");
  }

  @Test
  void descriptionsCannotBeChanged() {
    FixedTensor shift = words(X, 1);
    List<Layer> body = new ArrayList<>();
    ScaleAndShiftLayer norm =
        new ScaleAndShiftLayer("norm", Weights.of(words(W, 2)), shift, X);
    body.add(norm);
    ResidualLayer block = new ResidualLayer("block", body, List.of(), false, X);
    DenseLayer dense = new DenseLayer(
        "dense", Weights.of(words(W, new int[] {1, 1}, 1)), OutputStage.to(X).withBias(shift));
    shift.setRaw(0, 5);
    body.clear();
    assertThat(norm.shift().raw(0)).isEqualTo(1);
    assertThat(norm.shift().segment().isReadOnly()).isTrue();
    assertThat(norm.scale().words().segment().isReadOnly()).isTrue();
    assertThat(dense.stage().bias().raw(0)).isEqualTo(1);
    assertThat(dense.stage().bias().segment().isReadOnly()).isTrue();
    assertThat(block.body()).containsExactly(norm).isUnmodifiable();
  }

  @Test
  void aTraceHasTheWordsOfEveryLayer() {
    Network network = SmallNetwork.network();
    FixedTensor batch = FixedTensor.allocate(X, 3, 4, 4, 1);
    for (int i = 0; i < batch.size(); i++) {
      batch.setRaw(i, i * i % 100 - 50);
    }
    SequencedMap<String, FixedTensor> trace = network.trace(batch);
    assertThat(trace.keySet()).containsExactly("skip > second > down",
        "skip > second > wider", "skip > second > up", "skip", "conv", "max",
        "block > body > depthwise",
        "block > body > inner > body > leaky", "block > body > inner",
        "block > shortcut > wide", "block", "average", "padded", "norm", "signs", "flatten",
        "binary", "dense", "relu", "levels");
    assertThat(trace.lastEntry().getValue().contentEquals(network.run(batch))).isTrue();
    assertThat(trace.get("block > shortcut > wide").format()).isEqualTo(WIDE);
    assertThat(trace.get("flatten").shape()).containsExactly(3, 18);
    // Of the layers up to one, the words are what a network of these gives.
    for (int i = 1; i <= network.layers().size(); i++) {
      Network start = Network.of(X, new int[] {4, 4, 1}, network.layers().subList(0, i));
      assertThat(start.run(batch).contentEquals(trace.get(start.layerNames().getLast()))).isTrue();
    }
  }

  @Test
  void aRunIntoATensorThatCannotTakeItWritesNothing() {
    Network network = Network.builder(X, 2).cast("cast", X).build();
    FixedTensor batch = words(X, new int[] {2, 2}, 1, 2, 3, 4);
    FixedTensor target = FixedTensor.allocate(X, 2, 2);
    network.run(batch, target);
    assertThat(target.contentEquals(batch)).isTrue();
    assertRefused(network, batch, FixedTensor.allocate(W, 2, 2),
        "target has the format ap_fixed<3,3>: it must be " + X);
    assertRefused(network, batch, FixedTensor.allocate(X, 1, 2),
        "target has the shape [1, 2]: it must be [2, 2]");
    assertRefused(network, batch, FixedTensor.of(X, target.segment().asReadOnly(), 2, 2),
        "target is read-only: it must be writable");
    assertRefused(network, batch, batch, "batch and target overlap: they must be apart");
  }

  private static void assertRefused(
      Network network, FixedTensor batch, FixedTensor target, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> network.run(batch, target))
        .withMessage(message);
  }
}
