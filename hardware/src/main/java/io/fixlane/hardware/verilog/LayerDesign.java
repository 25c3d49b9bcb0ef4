package io.fixlane.hardware.verilog;

import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.VerilogOptions;
import io.fixlane.hardware.circuit.Circuit;
import io.fixlane.hardware.circuit.Schedule;
import io.fixlane.hardware.circuit.Value;
import io.fixlane.hardware.graph.Graph;
import io.fixlane.hardware.graph.Node;
import io.fixlane.hardware.verilog.Front.Gathered;
import io.fixlane.hardware.verilog.Front.Repeated;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.ConcatLayer;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.FlattenLayer;
import io.fixlane.network.layer.GlobalAverageLayer;
import io.fixlane.network.layer.PoolLayer;
import io.fixlane.network.layer.ResidualLayer;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.network.layer.UpsampleLayer;

/**
 * A layer as a module: how it takes pixels, and what it computes of them.
 *
 * @param node the layer in its place
 * @param front how it takes pixels
 * @param circuit what it computes
 * @param schedule in which clocks
 */
record LayerDesign(Node node, Front front, Circuit circuit, Schedule schedule) {
  /**
   * Makes the design of a node.
   *
   * @throws HardwareException if it is far larger than the limit
   */
  static LayerDesign of(Graph graph, Node node, VerilogOptions options)
      throws HardwareException {
    Circuit circuit = new Circuit();
    Build build = new Build(node.path(), options, circuit);
    TensorType input = node.input();
    Front front = switch (node.layer()) {
      case DenseLayer dense -> ProductDesign.dense(build, dense, input);
      case ConvLayer conv -> ProductDesign.conv(build, conv, input);
      case BinaryDenseLayer dense -> BinaryDesign.dense(build, dense, input);
      case BinaryConvLayer conv -> BinaryDesign.conv(build, conv, input);
      case ScaleAndShiftLayer norm -> ElementDesign.scaleAndShift(build, norm, input);
      case UnaryLayer unary -> ElementDesign.unary(build, unary, input);
      case ThresholdLayer stairs -> ThresholdDesign.of(build, stairs, input);
      case PoolLayer pool -> PoolDesign.pool(build, pool, input);
      case GlobalAverageLayer global -> PoolDesign.global(build, global, input);
      case FlattenLayer _ -> flatten(circuit, input);
      case UpsampleLayer larger -> upsample(circuit, larger, input);
      case ConcatLayer block -> ElementDesign.concat(
          build, block, input, graph.type(node.sources().getLast()));
      case ResidualLayer sum -> ElementDesign.sum(
          build, sum, input.format(), graph.type(node.sources().getLast()));
    };
    return new LayerDesign(node, front, circuit, new Schedule(circuit, options.latencyCut()));
  }

  private static Front flatten(Circuit circuit, TensorType input) {
    for (Value word : WordInputs.words(circuit, input.format(), input.size(), 0)) {
      circuit.output(word, input.format().width());
    }
    return new Gathered(pixelBits(input), pixels(input));
  }

  private static Front upsample(Circuit circuit, UpsampleLayer layer, TensorType input) {
    for (Value word : WordInputs.words(circuit, input.format(), input.channels(), 0)) {
      circuit.output(word, input.format().width());
    }
    return new Repeated(
        pixelBits(input), input.shape().get(1), layer.factorY(), layer.factorX());
  }

  /** Returns the pixels of a sample: what lies at a place of all dimensions but the last. */
  static int pixels(TensorType type) {
    return type.size() / type.channels();
  }

  /** Returns the bits of a pixel. */
  static int pixelBits(TensorType type) {
    return type.channels() * type.format().width();
  }
}
