package io.fixlane.jmh.peers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import io.fixlane.jmh.TrainingStepBenchmark.Arithmetic;
import io.fixlane.jmh.TrainingStepBenchmark.Network;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every library gives what it must, as the setup of each benchmark finds. On x86 processors without
 * VNNI, some saturate pairs of products: their words are wrong there, and must be told to be.
 */
class PeersTest {
  /** A JVM has one environment of ONNX Runtime, and DJL takes none that others have made. */
  @BeforeAll
  static void letDjlMakeTheEnvironment() {
    Engine.getEngine("OnnxRuntime");
  }

  /** Sizes that no kernel's block divides. */
  @ParameterizedTest
  @EnumSource(GemmPeers.Library.class)
  void productsAreExactOrSaturatePairs(GemmPeers.Library library) {
    GemmPeers peers = new GemmPeers();
    peers.library = library;
    peers.shape = "5x37x19";
    peers.setup();
    assertThat(peers.verdict.wrong() == 0 || peers.verdict.saturatesPairs())
        .as(peers.verdict.toString()).isTrue();
    peers.tearDown();
  }

  /** In s8 without VNNI, oneDNN halves the weights instead, and loses their last bits. */
  @ParameterizedTest
  @EnumSource(ConvPeers.Library.class)
  void convolutionsGiveOurWordsOrSaturatePairs(ConvPeers.Library library) {
    ConvPeers peers = new ConvPeers();
    peers.library = library;
    for (ConvPeers.Shape shape : ConvPeers.Shape.values()) {
      peers.shape = shape;
      peers.setup();
      assertThat(peers.verdict.wrong() == 0 || peers.verdict.saturatesPairs()
          || library == ConvPeers.Library.ONEDNN_S8).as(peers.verdict.toString()).isTrue();
      peers.tearDown();
    }
  }

  @ParameterizedTest
  @EnumSource(CastPeers.Library.class)
  void castsGiveTheReferencesWords(CastPeers.Library library) {
    CastPeers peers = new CastPeers();
    peers.library = library;
    peers.words = 4_097;
    peers.setup();
    assertThat(peers.verdict.wrong()).isZero();
    peers.tearDown();
  }

  @ParameterizedTest
  @EnumSource(ElementwisePeers.Library.class)
  void sumsAndProductsGiveTheReferencesWords(ElementwisePeers.Library library) {
    ElementwisePeers peers = new ElementwisePeers();
    peers.library = library;
    peers.words = 4_097;
    for (ElementwisePeers.Operation operation : ElementwisePeers.Operation.values()) {
      peers.operation = operation;
      peers.setup();
      assertThat(peers.verdict.wrong()).isZero();
      peers.tearDown();
    }
  }

  @ParameterizedTest
  @EnumSource(CastGradientPeers.Library.class)
  void gradientsAreOurs(CastGradientPeers.Library library) {
    CastGradientPeers peers = new CastGradientPeers();
    peers.library = library;
    peers.setup();
    assertThat(peers.verdict.wrong()).isZero();
    peers.tearDown();
  }

  /** The words of a whole network, through DJL's engines. */
  @ParameterizedTest
  @EnumSource(DjlPeers.Library.class)
  void predictorsGiveTheNetworksWords(DjlPeers.Library library) {
    DjlPeers peers = new DjlPeers();
    peers.library = library;
    peers.batch = 3;
    peers.setup();
    assertThat(peers.verdict.words()).isEqualTo(30);
    assertThat(peers.verdict.wrong()).isZero();
    peers.tearDown();
  }

  @ParameterizedTest
  @CsvSource({"SMALL, FLOAT", "SMALL, FIXED", "RESNET8, FLOAT", "RESNET8, FIXED"})
  void libtorchLearns(Network network, Arithmetic arithmetic) {
    TrainingStepPeers peers = new TrainingStepPeers();
    peers.network = network;
    peers.library = TrainingStepPeers.Library.LIBTORCH;
    peers.arithmetic = arithmetic;
    peers.threads = 1;
    peers.setup();
    peers.tearDown();
  }
}
