package io.fixlane.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.onnx.model.ModelFile;
import io.fixlane.onnx.read.FloatReader;
import java.util.Arrays;
import java.util.Random;

/** Compares a model's numbers with those of the layers that it is read as. */
final class Judge {
  private static final int SAMPLES = 3;

  private Judge() {}

  /** Reads a model whose input lies as images do here, or is features. */
  static Sequential same(ModelProto model) throws Exception {
    return same(model.toByteArray(), false);
  }

  /** Reads a model whose images have their channels first. */
  static Sequential sameChannelsFirst(ModelProto model) throws Exception {
    return same(model.toByteArray(), true);
  }

  static Sequential same(byte[] model, boolean channelsFirst) throws Exception {
    ModelProto proto = ModelProto.parseFrom(model);
    long[] shape = proto.getGraph().getInputList().stream()
        .filter(value -> proto.getGraph().getInitializerList().stream()
            .noneMatch(tensor -> tensor.getName().equals(value.getName())))
        .findFirst().orElseThrow().getType().getTensorType().getShape().getDimList().stream()
        .mapToLong(d -> d.getDimValue()).toArray();
    shape[0] = shape[0] > 0 ? shape[0] : SAMPLES;
    Sequential network = FloatReader.read(ModelFile.read(model));
    int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] x = new float[size];
    Random random = new Random(1);
    for (int i = 0; i < size; i++) {
      x[i] = (float) random.nextGaussian();
    }
    float[] expected;
    try (OnnxRuntime runtime = new OnnxRuntime(model)) {
      expected = runtime.run(x, shape);
    }
    int[] image = Arrays.stream(shape).mapToInt(d -> (int) d).toArray();
    Tensor y = network.forward(Tape.evaluating(Workers.SINGLE), channelsFirst
        ? channelsLast(x, image)
        : Tensor.of(x, image.length == 3
            ? new int[] {image[0], 1, image[1], image[2]}
            : image));
    float[] actual = y.rank() == 4 && channelsFirst ? channelsFirst(y) : y.data().clone();
    if (proto.getGraph().getNodeList().stream()
        .anyMatch(node -> node.getOpType().equals("Softmax"))) {
      softmax(actual, y.dimension(-1));
    }
    assertThat(actual).hasSameSizeAs(expected);
    float most = 1;
    for (float number : expected) {
      most = Math.max(most, Math.abs(number));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("number %d of %s", i, network.layers().keySet())
          .isCloseTo(expected[i], within(1e-5f * most));
    }
    return network;
  }

  private static Tensor channelsLast(float[] x, int... shape) {
    if (shape.length == 2) {
      return Tensor.of(x, shape);
    }
    int rows = shape.length == 3 ? 1 : shape[2];
    int columns = shape[shape.length - 1];
    int channels = shape[1];
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      int column = i % columns;
      int row = i / columns % rows;
      int c = i / columns / rows % channels;
      int n = i / columns / rows / channels;
      y[((n * rows + row) * columns + column) * channels + c] = x[i];
    }
    return Tensor.of(y, shape[0], rows, columns, channels);
  }

  private static float[] channelsFirst(Tensor y) {
    int rows = y.dimension(1);
    int columns = y.dimension(2);
    int channels = y.dimension(3);
    float[] x = new float[y.size()];
    for (int i = 0; i < x.length; i++) {
      int column = i % columns;
      int row = i / columns % rows;
      int c = i / columns / rows % channels;
      int n = i / columns / rows / channels;
      x[i] = y.data()[((n * rows + row) * columns + column) * channels + c];
    }
    return x;
  }

  private static void softmax(float[] y, int classes) {
    for (int row = 0; row < y.length; row += classes) {
      double sum = 0;
      double most = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        most = Math.max(most, y[row + c]);
      }
      for (int c = 0; c < classes; c++) {
        sum += Math.exp(y[row + c] - most);
      }
      for (int c = 0; c < classes; c++) {
        y[row + c] = (float) (Math.exp(y[row + c] - most) / sum);
      }
    }
  }
}
