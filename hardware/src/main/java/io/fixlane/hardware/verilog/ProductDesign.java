package io.fixlane.hardware.verilog;

import io.fixlane.format.FixedFormat;
import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.circuit.Circuit;
import io.fixlane.hardware.circuit.Value;
import io.fixlane.hardware.verilog.Front.Direct;
import io.fixlane.hardware.verilog.Front.Mask;
import io.fixlane.hardware.verilog.Front.Windowed;
import io.fixlane.hardware.verilog.Products.Tap;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.TensorType;
import io.fixlane.shape.ImageShape;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Dense layers and convolutions. */
final class ProductDesign {
  private ProductDesign() {}

  static Front dense(Build build, DenseLayer layer, TensorType input) throws HardwareException {
    FixedFormat x = input.format();
    int features = input.size();
    int outputs = layer.weights().words().dimension(1);
    List<Value> words = WordInputs.words(build.circuit(), x, features, 0);
    Products products = new Products(build, x, layer.weights(), layer.stage());
    for (int o = 0; o < outputs; o++) {
      List<Tap> taps = new ArrayList<>();
      for (int k = 0; k < features; k++) {
        taps.add(new Tap(words.get(k), (long) k * outputs + o));
      }
      products.output(taps);
    }
    Stages.finish(build, products.sums(), layer.stage());
    return new Direct(features * x.width());
  }

  static Front conv(Build build, ConvLayer layer, TensorType input) throws HardwareException {
    FixedFormat x = input.format();
    Circuit circuit = build.circuit();
    Windowed front = new Windowed(image(input), layer.window(), x.width(), false, Mask.NONE,
        BigInteger.ZERO);
    int outputs = layer.weights().words().dimension(0);
    int channels = layer.weights().words().dimension(1);
    int groups = input.channels() / channels;
    int places = layer.window().taps();
    Products products = new Products(build, x, layer.weights(), layer.stage());
    for (int o = 0; o < outputs; o++) {
      int first = o / (outputs / groups) * channels;
      List<Tap> taps = new ArrayList<>();
      for (int c = 0; c < channels; c++) {
        for (int tap = 0; tap < places; tap++) {
          Value word = WordInputs.word(circuit, x, front, tap, first + c);
          taps.add(new Tap(word, ((long) o * channels + c) * places + tap));
        }
      }
      products.output(taps);
    }
    Stages.finish(build, products.sums(), layer.stage());
    return front;
  }

  /** Returns the image that a sample is. */
  static ImageShape image(TensorType type) {
    return ImageShape.of(type.shape().get(0), type.shape().get(1), type.shape().get(2));
  }
}
