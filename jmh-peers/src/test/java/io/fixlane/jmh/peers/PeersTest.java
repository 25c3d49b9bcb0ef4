package io.fixlane.jmh.peers;

import io.fixlane.jmh.TrainingStepBenchmark.Arithmetic;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every library gives what it must: the setup of each benchmark checks it, and here it does. */
class PeersTest {

  /** Sizes that no kernel's block divides. */
  @ParameterizedTest
  @EnumSource(GemmPeers.Library.class)
  void productsAreExact(GemmPeers.Library library) {
    GemmPeers peers = new GemmPeers();
    peers.library = library;
    peers.shape = "5x37x19";
    peers.setup();
    peers.tearDown();
  }

  @ParameterizedTest
  @EnumSource(ConvPeers.Library.class)
  void convolutionsGiveOurWords(ConvPeers.Library library) {
    ConvPeers peers = new ConvPeers();
    peers.library = library;
    for (ConvPeers.Shape shape : ConvPeers.Shape.values()) {
      peers.shape = shape;
      peers.setup();
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
      peers.tearDown();
    }
  }

  @ParameterizedTest
  @EnumSource(CastGradientPeers.Library.class)
  void gradientsAreOurs(CastGradientPeers.Library library) {
    CastGradientPeers peers = new CastGradientPeers();
    peers.library = library;
    peers.setup();
    peers.tearDown();
  }

  @ParameterizedTest
  @EnumSource(Arithmetic.class)
  void libtorchLearns(Arithmetic arithmetic) {
    TrainingStepPeers peers = new TrainingStepPeers();
    peers.library = TrainingStepPeers.Library.LIBTORCH;
    peers.arithmetic = arithmetic;
    peers.threads = 1;
    peers.setup();
    peers.tearDown();
  }
}
