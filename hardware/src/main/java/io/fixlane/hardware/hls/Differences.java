package io.fixlane.hardware.hls;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.hardware.graph.Graph;
import io.fixlane.hardware.graph.Node;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.network.layer.UnaryLayer.LookUp;
import io.fixlane.tensor.FixedTensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Where other fixed-point types than AMD's have other rules than those of a network. */
final class Differences {
  private Differences() {}

  /** Returns why SystemC's types give other words than a network's, or nothing if they do not. */
  static Optional<String> systemC(Graph graph) {
    return graph.nodes().stream()
        .flatMap(node -> Stream.concat(
            Casts.of(node).stream().flatMap(cast -> systemC(cast).stream()), words(node))
            .map(reason -> "layer " + node.path() + ": " + reason))
        .findFirst();
  }

  private static Optional<String> systemC(Casts.Cast cast) {
    FixedFormat to = cast.to();
    return switch (to.overflow()) {
      case AP_SAT_SYM -> to.signed() && to.width() == 1
          ? Optional.of("SystemC saturates " + to + " to 0")
          : Optional.empty();
      case AP_WRAP_SM -> to.saturationBits() == 0 && cast.rounds()
          && to.quantization() != QuantizationMode.AP_TRN
              ? Optional.of("SystemC wraps what is rounded into " + to + " otherwise")
              : Optional.empty();
      case AP_WRAP -> !to.signed() && to.saturationBits() > 0 && cast.negative()
          ? Optional.of("SystemC wraps what is negative into " + to + " otherwise")
          : Optional.empty();
      case AP_SAT, AP_SAT_ZERO -> Optional.empty();
    };
  }

  /** SystemC casts a word when it is copied. */
  private static Stream<String> words(Node node) {
    return copied(node.layer()).filter(Differences::isChanged)
        .map(words -> "SystemC saturates words of " + words.format() + " that are copied");
  }

  private static Stream<FixedTensor> copied(Layer layer) {
    if (layer instanceof UnaryLayer unary && unary.function() instanceof LookUp look) {
      return Stream.of(look.table());
    }
    if (layer instanceof ThresholdLayer stairs) {
      return Stream.of(levels(stairs));
    }
    return Casts.stage(layer).map(OutputStage::bias).stream();
  }

  /** Returns the words of a staircase. */
  private static FixedTensor levels(ThresholdLayer layer) {
    FixedTensor words = FixedTensor.allocate(layer.result(), layer.count() + 1);
    for (int reached = 0; reached <= layer.count(); reached++) {
      words.setRaw(reached, layer.start().raw().longValue() + reached * layer.step());
    }
    return words;
  }

  private static boolean isChanged(FixedTensor words) {
    return LongStream.range(0, words.size())
        .anyMatch(i -> !words.format().keeps(words.value(i).raw()));
  }

  /** Returns why ac_fixed cannot hold a network's words, or nothing if it can. */
  static Optional<String> ac(Graph graph) {
    return Stream.concat(
        lacking(graph.input().format()).map(format -> "the input: " + format).stream(),
        graph.nodes().stream().flatMap(node -> formats(node).stream()
            .flatMap(format -> lacking(format).stream())
            .map(format -> "layer " + node.path() + ": " + format)))
        .findFirst().map(text -> text + " has no ac_fixed");
  }

  private static List<FixedFormat> formats(Node node) {
    return Stream.concat(Casts.of(node).stream().map(Casts.Cast::to),
        Stream.of(node.result().format())).toList();
  }

  private static Optional<FixedFormat> lacking(FixedFormat format) {
    return format.overflow() == OverflowMode.AP_WRAP_SM
        || format.overflow().wraps() && format.saturationBits() > 0
            ? Optional.of(format)
            : Optional.empty();
  }
}
