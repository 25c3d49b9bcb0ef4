package io.fixlane.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.fixlane.network.Network;
import io.fixlane.random.Draws;
import io.fixlane.random.RandomNetwork;
import io.fixlane.tensor.FixedTensor;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random networks: ONNX Runtime gives every word of every layer. */
class WrittenNetworksTest {
  @Property(tries = 200)
  void everyWordIsTheNetworks(@ForAll long seed) throws Exception {
    RandomNetwork random = new RandomNetwork(seed, Draws.of(12));
    assertSame(random.network(), random.samples(3));
  }

  /** Wide words may be refused, by the layer's name, and are the same where they are not. */
  @Property(tries = 60)
  void wideWordsAreRefusedOrTheSame(@ForAll long seed) throws Exception {
    RandomNetwork random = new RandomNetwork(seed, Draws.of(50));
    try {
      Onnx.toBytes(random.network());
    } catch (OnnxException e) {
      assertThat(e).hasMessageMatching("layer '.*': .*64 bits.*|.*wrap.*");
      return;
    }
    assertSame(random.network(), random.samples(3));
  }

  static void assertSame(Network network, FixedTensor batch) throws Exception {
    ModelProto.Builder model = ModelProto.parseFrom(Onnx.toBytes(network)).toBuilder();
    String last = model.getGraph().getOutput(0).getName();
    model.getGraph().getValueInfoList().stream().filter(info -> !info.getName().equals(last))
        .forEach(model.getGraphBuilder()::addOutput);
    long[] words = new long[(int) batch.size()];
    for (int i = 0; i < words.length; i++) {
      words[i] = batch.raw(i);
    }
    Map<String, long[]> actual;
    try (OnnxRuntime runtime = new OnnxRuntime(model.build().toByteArray())) {
      actual = runtime.run(words, Arrays.stream(batch.shape()).mapToLong(d -> d).toArray());
    }
    Map<String, FixedTensor> expected = network.trace(batch);
    assertThat(actual.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
    expected.forEach((name, tensor) -> {
      long[] layer = new long[(int) tensor.size()];
      for (int i = 0; i < layer.length; i++) {
        layer[i] = tensor.raw(i);
      }
      long[] got = actual.get(name);
      int at = Arrays.mismatch(got, layer);
      assertThat(at).as(() -> "word " + got[at] + " at " + at + ": it must be " + layer[at]
          + " in layer '" + name + "' of\n" + network).isEqualTo(-1);
    });
  }
}
