package io.fixlane.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.fixlane.network.Network;
import io.fixlane.random.Draws;
import io.fixlane.random.RandomNetwork;
import io.fixlane.tensor.FixedTensor;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** Networks written as models of QONNX are read as the same, and compute the same. */
class WrittenQuantTest {
  private static int written;

  @Property(tries = 400)
  void readAgainTheyAreTheSame(@ForAll long seed) throws Exception {
    Network network = RandomQuantNetwork.of(seed);
    byte[] model = Onnx.toQuantModel(network).bytes();
    QuantizedNetwork read = Onnx.readNetwork(model, null);
    assertThat(read.network()).hasToString(network.toString());
    assertThat(read.network().toBytes()).as("%s", network).isEqualTo(network.toBytes());
    assertComputes(model, network);
  }

  /** Networks of all modes are refused, by the layer's name, or give the same words. */
  @Property(tries = 400)
  void anyNetworkIsRefusedOrTheSame(@ForAll long seed) throws Exception {
    Network network = new RandomNetwork(seed, Draws.of(12)).network();
    QuantModel model;
    try {
      model = Onnx.toQuantModel(network);
    } catch (OnnxException e) {
      assertThat(e).hasMessageMatching("(layer '.*'|the input): (it|its) .*");
      return;
    }
    written++;
    Network read = Onnx.readNetwork(model.bytes(), null).network();
    FixedTensor words = QuantJudge.words(network, 5);
    assertThat(values(read.run(words.viewAs(read.inputFormat()))))
        .as("%s", network).isEqualTo(values(network.run(words)));
    assertComputes(model.bytes(), network);
  }

  /** Of this seed thresholds are steps of 3, before a function whose words are rounded down. */
  @Example
  void stepsThatAreNoPowerOfTwoAreReadBeforeAnyRounding() throws Exception {
    anyNetworkIsRefusedOrTheSame(-343_186);
  }

  @AfterContainer
  static void someAreWritten() {
    assertThat(written).isPositive();
  }

  private static double[] values(FixedTensor words) {
    return words.dequantize(new double[(int) words.size()]);
  }

  /** The model gives the numbers that the network's words stand for, in floats of doubles. */
  private static void assertComputes(byte[] model, Network network) throws Exception {
    FixedTensor words = QuantJudge.words(network, 3);
    double[] expected = QuantJudge.values(network.run(words));
    double[] actual = QuantJudge.run(ModelProto.parseFrom(model), words).data();
    int at = Arrays.mismatch(actual, expected);
    assertThat(at).as(() -> actual[at] + " at " + at + ": it must be " + expected[at] + " of\n"
        + network).isEqualTo(-1);
  }
}
