package io.fixlane.onnx.read;

import io.fixlane.autograd.layers.Flatten;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelGraph;
import io.fixlane.onnx.model.ModelNode;

/** Reads a graph of floats as layers. */
public final class FloatReader {
  private static final int MOST_NODES = 10_000;
  private static final String KNOWN = "known are Add, AveragePool, BatchNormalization, Constant, "
      + "Conv, Dropout, Flatten, Gemm, GlobalAveragePool, Identity, LeakyRelu, MatMul, MaxPool, "
      + "Pad, ReduceMean, Relu, Reshape, Sigmoid, Softmax, Squeeze, Tanh, Transpose and Unsqueeze";

  private final Reading<Link> reading;
  private final Products products;
  private final Elements elements;
  private final Poolings poolings;
  private final Arrangements<Link> arrangements;

  private FloatReader(ModelGraph graph) {
    this.reading = new Reading<>(graph);
    this.products = new Products(reading);
    this.elements = new Elements(reading, products);
    this.poolings = new Poolings(reading);
    this.arrangements = new Arrangements<>(reading);
  }

  /**
   * Returns the layers of a graph.
   *
   * @throws OnnxException if it has what no layer computes; the node is named
   */
  public static Sequential read(ModelGraph graph) throws OnnxException {
    if (graph.nodes().size() > MOST_NODES) {
      throw new OnnxException("has " + graph.nodes().size() + " nodes: at most " + MOST_NODES
          + " are read");
    }
    return new FloatReader(graph).network();
  }

  private Sequential network() throws OnnxException {
    ModelGraph graph = reading.graph();
    Layout input = new Entrance(graph).layout();
    reading.put(graph.input(), new Signal<>(input, input instanceof Layout.Features
        ? Link.input().then(new Flatten())
        : Link.input()));
    for (ModelNode node : graph.nodes()) {
      if (node.outputs().isEmpty() || node.outputs().getFirst().isEmpty()) {
        throw node.refuse("it gives nothing");
      }
      reading.put(node.outputs().getFirst(), read(node));
    }
    Signal<Link> end = reading.end();
    if (end.layout() instanceof Layout.Features features && features.flattened() != null) {
      throw new OnnxException("the output '" + graph.output() + "' is an image flattened channels "
          + "first: it must be the result of a MatMul or Gemm, or an image");
    }
    if (end.link().before() == null) {
      throw new OnnxException("the output '" + graph.output() + "' is the input: there must be a "
          + "layer between");
    }
    return new Assembly().network(end.link());
  }

  private Signal<Link> read(ModelNode node) throws OnnxException {
    if (!node.domain().isEmpty()) {
      throw node.refuse("only operators of ONNX itself are read: " + KNOWN);
    }
    return switch (node.operator()) {
      case "Add" -> elements.add(node);
      case "AveragePool" -> poolings.average(node);
      case "BatchNormalization" -> elements.batchNormalization(node);
      case "Conv" -> products.conv(node);
      case "Dropout" -> reading.dropout(node);
      case "Flatten" -> arrangements.flatten(node);
      case "Gemm" -> products.gemm(node);
      case "GlobalAveragePool" -> poolings.global(node);
      case "Identity" -> reading.only(node);
      case "LeakyRelu" -> elements.leakyRelu(node);
      case "MatMul" -> products.matMul(node);
      case "MaxPool" -> poolings.max(node);
      case "Pad" -> arrangements.pad(node);
      case "ReduceMean" -> poolings.mean(node);
      case "Relu" -> elements.relu(node);
      case "Reshape" -> arrangements.reshape(node);
      case "Sigmoid" -> elements.sigmoid(node);
      case "Softmax" -> elements.softmax(node);
      case "Squeeze" -> arrangements.squeeze(node);
      case "Tanh" -> elements.tanh(node);
      case "Transpose" -> arrangements.transpose(node);
      case "Unsqueeze" -> arrangements.unsqueeze(node);
      default -> throw node.refuse("the operator is not read: " + KNOWN);
    };
  }
}
