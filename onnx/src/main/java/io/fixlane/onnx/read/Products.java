package io.fixlane.onnx.read;

import io.fixlane.autograd.layers.Bias;
import io.fixlane.autograd.layers.DepthwiseConv2d;
import io.fixlane.autograd.layers.FloatConv2d;
import io.fixlane.autograd.layers.Linear;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.model.ModelTensor;
import io.fixlane.shape.Window;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Layers of sums of products with weights. */
final class Products {
  private final Reading<Link> reading;

  Products(Reading<Link> reading) {
    this.reading = reading;
  }

  /** Start values, in the place of which those of the model come. */
  private static RandomGenerator random() {
    return new SplittableRandom(0);
  }

  Signal<Link> gemm(ModelNode node) throws OnnxException {
    node.requireInputs(2, 3);
    node.requireAttributes("alpha", "beta", "transA", "transB");
    if (node.integer("transA", 0) != 0) {
      throw node.refuse("its attribute 'transA' is not 0: samples must be rows");
    }
    boolean transposed = node.integer("transB", 0) != 0;
    return dense(node, transposed, node.number("alpha", 1),
        node.hasInput(2) ? reading.constant(node, 2) : null, node.number("beta", 1));
  }

  Signal<Link> matMul(ModelNode node) throws OnnxException {
    node.requireInputs(2, 2);
    node.requireAttributes();
    return dense(node, false, 1, null, 1);
  }

  private Signal<Link> dense(ModelNode node, boolean transposed, float alpha,
      @Nullable ModelTensor bias, float beta) throws OnnxException {
    Signal<Link> signal = reading.signal(node, 0);
    Layout.Features features = Reading.features(node, signal);
    ModelTensor weight = reading.constant(node, 1);
    int inputs = weight.rank() == 2 ? weight.shape()[transposed ? 1 : 0] : 0;
    int outputs = weight.rank() == 2 ? weight.shape()[transposed ? 0 : 1] : 0;
    if (inputs != features.count() || outputs < 1) {
      throw node.refuse("its weights are " + weight + (transposed ? ", transposed" : "")
          + ": they must have " + features.count() + " rows, one for each feature");
    }
    float[] numbers = Reading.numbers(node, weight, inputs * outputs);
    Linear layer = new Linear(inputs, outputs, bias == null ? Bias.NONE : Bias.LEARNED, random());
    float[] data = layer.weight().data();
    for (int i = 0; i < inputs; i++) {
      int row = features.place(i);
      for (int o = 0; o < outputs; o++) {
        data[i * outputs + o] =
            alpha * numbers[transposed ? o * inputs + row : row * outputs + o];
      }
    }
    if (layer.bias() != null && bias != null) {
      float[] start = repeated(node, bias, outputs);
      for (int o = 0; o < outputs; o++) {
        layer.bias().data()[o] = beta * start[o];
      }
    }
    return new Signal<>(Layout.Features.of(outputs), signal.link().then(layer));
  }

  /** Returns a number for each of some outputs: as many numbers, or one for all of them. */
  private static float[] repeated(ModelNode node, ModelTensor constant, int count)
      throws OnnxException {
    if (constant.size() != 1) {
      int[] shape = constant.shape();
      if (shape.length == 0 || shape[shape.length - 1] != count) {
        throw node.refuse("it adds " + constant + ": its last dimension must be " + count);
      }
      return Reading.numbers(node, constant, count);
    }
    float[] numbers = new float[count];
    Arrays.fill(numbers, Reading.numbers(node, constant, 1)[0]);
    return numbers;
  }

  Signal<Link> conv(ModelNode node) throws OnnxException {
    node.requireInputs(2, 3);
    node.requireAttributes("auto_pad", "dilations", "group", "kernel_shape", "pads", "strides");
    Signal<Link> signal = reading.padded(node, 0);
    Layout.Image image = Reading.image(node, signal);
    ModelTensor weight = reading.constant(node, 1);
    int[] shape = weight.shape();
    long groups = node.integer("group", 1);
    if (shape.length != image.axes().size() + 1 || groups < 1
        || shape[1] * groups != Windows.unpadded(image, signal).channels() || shape[0] % groups != 0
        || weight.size() == 0) {
      throw node.refuse("its weights are " + weight + " in " + groups + " groups: they must be "
          + "outputs x channels of a group x kernel, for " + image.channels()
          + " channels and " + (image.axes().size() - 1) + " dimensions");
    }
    int[] kernel = Arrays.copyOfRange(shape, 2, shape.length);
    Layout.Image inner = Windows.unpadded(image, signal);
    Window window = Windows.of(node, inner, kernel, signal.padding());
    float[] numbers = Reading.numbers(node, weight, weight.size());
    ModelTensor bias = node.hasInput(2) ? reading.constant(node, 2) : null;
    boolean depthwise = groups > 1 && groups == inner.channels() && shape[0] == groups;
    TapeLayer layer = conv(inner.channels(), shape[0], window, (int) groups, depthwise,
        bias == null ? Bias.NONE : Bias.LEARNED);
    arrange(numbers, shape[0], shape[1], window.taps(), weight(layer));
    if (bias != null) {
      setBias(layer, Reading.numbers(node, bias, shape[0]));
    }
    return new Signal<>(Reading.checked(node, inner.with(
        window.outputHeight(inner.height()), window.outputWidth(inner.width()), shape[0])),
        signal.link().then(layer));
  }

  private static TapeLayer conv(
      int channels, int outputs, Window window, int groups, boolean depthwise, Bias bias) {
    return depthwise
        ? new DepthwiseConv2d(channels, window, bias, random())
        : new FloatConv2d(channels, outputs, window, groups, bias, random());
  }

  /** From outputs x channels x taps to taps x channels x outputs. */
  private static void arrange(
      float[] numbers, int outputs, int channels, int taps, float[] data) {
    for (int o = 0; o < outputs; o++) {
      for (int c = 0; c < channels; c++) {
        for (int tap = 0; tap < taps; tap++) {
          data[(tap * channels + c) * outputs + o] = numbers[(o * channels + c) * taps + tap];
        }
      }
    }
  }

  private static float[] weight(TapeLayer layer) {
    return layer.parameters().get("weight").data();
  }

  private static void setBias(TapeLayer layer, float[] numbers) {
    System.arraycopy(numbers, 0, layer.parameters().get("bias").data(), 0, numbers.length);
  }

  /**
   * Returns what a product gives with a constant added to it, which becomes its bias; null where it
   * is no product, has a bias already, or is taken elsewhere too.
   */
  @Nullable
  Signal<Link> withBias(ModelNode node, int place, ModelTensor constant) throws OnnxException {
    Signal<Link> signal = reading.signal(node, place);
    TapeLayer layer = signal.link().layer();
    Link before = signal.link().before();
    if (layer == null || before == null || reading.graph().readers(node.input(place)) != 1
        || layer.parameters().containsKey("bias")) {
      return null;
    }
    TapeLayer biased = switch (layer) {
      case Linear linear -> new Linear(
          linear.weight().dimension(0), linear.weight().dimension(1), random());
      case FloatConv2d conv -> conv(conv.weight().dimension(2) * conv.groups(),
          conv.weight().dimension(3), conv.window(), conv.groups(), false, Bias.LEARNED);
      case DepthwiseConv2d conv -> conv(conv.weight().dimension(2), conv.weight().dimension(2),
          conv.window(), 1, true, Bias.LEARNED);
      default -> null;
    };
    if (biased == null) {
      return null;
    }
    System.arraycopy(weight(layer), 0, weight(biased), 0, weight(layer).length);
    setBias(biased, channelwise(node, signal.layout(), constant));
    return new Signal<>(signal.layout(), before.then(biased));
  }

  /** Returns what a constant has for each channel, which it must have one number for. */
  private static float[] channelwise(ModelNode node, Layout layout, ModelTensor constant)
      throws OnnxException {
    return switch (layout) {
      case Layout.Features features -> repeated(node, constant, features.count());
      case Layout.Image image -> {
        int after = image.axes().size() - 1 - image.axes().indexOf(Axis.CHANNELS);
        int[] shape = constant.shape();
        int at = shape.length - 1 - after;
        if (constant.size() != 1 && (at < 0 || shape[at] != image.channels())) {
          throw node.refuse("it adds " + constant + ": it must have one number for each of "
              + image.channels() + " channels, or one");
        }
        float[] numbers = Reading.numbers(
            node, constant, constant.size() == 1 ? 1 : image.channels());
        float[] all = new float[image.channels()];
        for (int c = 0; c < all.length; c++) {
          all[c] = numbers[numbers.length == 1 ? 0 : c];
        }
        yield all;
      }
    };
  }
}
