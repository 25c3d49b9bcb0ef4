package io.fixlane.cli.train;

import io.fixlane.autograd.ShapeException;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.Batches;
import io.fixlane.autograd.data.Dataset;
import io.fixlane.autograd.fixed.QfxOptions.Role;
import io.fixlane.autograd.layers.Flatten;
import io.fixlane.autograd.layers.MaxPool2d;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.Sigmoid;
import io.fixlane.autograd.layers.Tanh;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.cli.console.Failure;
import io.fixlane.cli.console.UserError;
import io.fixlane.onnx.Onnx;
import io.fixlane.onnx.OnnxException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A float network that an ONNX model holds, to go on with. */
final class OnnxNetwork {
  /** The widest words that a function is looked up for. */
  private static final int WIDEST_TABLE = 16;

  private OnnxNetwork() {}

  /**
   * Reads a network.
   *
   * @param dataset the images that it is to take
   * @param widths of the words that it will have
   * @throws UserError if it cannot be read, takes other images or gives other classes
   */
  static Sequential read(Path file, Dataset dataset, Widths widths) {
    Sequential network;
    try {
      network = Onnx.readFloat(file);
    } catch (OnnxException e) {
      throw new UserError("--onnx is " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UserError("--onnx is " + file + ": it cannot be read: " + Failure.reason(e), e);
    }
    int bits = widestOfTables(network, widths);
    if (bits > WIDEST_TABLE) {
      throw new UserError("--onnx is " + file + " with a sigmoid or tanh: words of it can have "
          + WIDEST_TABLE + " bits, and are to have " + bits);
    }
    requireFits(network, file, dataset);
    return network;
  }

  /** Returns the largest W of what a function is looked up for; 0 where there is none. */
  static int widestOfTables(Sequential network, Widths widths) {
    if (!hasTables(network)) {
      return 0;
    }
    return beginsWithTable(network)
        ? Math.max(widths.of(Role.INPUT), widths.ofLayers())
        : widths.ofLayers();
  }

  /** Returns whether a function is looked up for words of the network's input. */
  private static boolean beginsWithTable(TapeLayer layer) {
    Stream<TapeLayer> first = layer.layers().values().stream();
    return switch (layer) {
      case Sigmoid _,Tanh _ -> true;
      case Sequential _ -> first.dropWhile(OnnxNetwork::givesWhatItTakes).limit(1)
          .anyMatch(OnnxNetwork::beginsWithTable);
      default -> first.anyMatch(OnnxNetwork::beginsWithTable);
    };
  }

  /** Returns whether a layer casts nothing. */
  private static boolean givesWhatItTakes(TapeLayer layer) {
    return switch (layer) {
      case Flatten _,MaxPool2d _ -> true;
      case Sequential within -> within.layers().values().stream()
          .allMatch(OnnxNetwork::givesWhatItTakes);
      default -> false;
    };
  }

  private static boolean hasTables(TapeLayer layer) {
    return layer instanceof Sigmoid || layer instanceof Tanh
        || layer.layers().values().stream().anyMatch(OnnxNetwork::hasTables);
  }

  private static void requireFits(Sequential network, Path file, Dataset dataset) {
    Tensor result;
    try {
      result = network.forward(Tape.evaluating(Workers.SINGLE),
          Batches.inOrder(dataset, 1).get(0).images());
    } catch (ShapeException e) {
      throw new UserError("--onnx is " + file + ": it does not take the images of --data, "
          + dataset + ": " + e.getMessage(), e);
    }
    if (result.rank() != 2 || result.dimension(1) != dataset.classes()) {
      throw new UserError("--onnx is " + file + ": it gives " + result
          + " for an image: it must give a number for each of the " + dataset.classes()
          + " classes of --data");
    }
  }
}
