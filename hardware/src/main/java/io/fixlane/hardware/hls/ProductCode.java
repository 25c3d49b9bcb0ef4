package io.fixlane.hardware.hls;

import io.fixlane.format.FixedFormat;
import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.HlsOptions;
import io.fixlane.kernels.KHot;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.layer.Weights;
import io.fixlane.tensor.FixedTensor;
import org.jspecify.annotations.Nullable;

/** Dense layers and convolutions of words. */
final class ProductCode {
  private ProductCode() {}

  /**
   * Writes a layer.
   *
   * @param name the layer's name
   * @param x the name of the type of what it takes
   * @param input the format of that
   * @param window the sizes of its kernel, as constants; empty for a dense layer
   */
  static LayerCode of(String name, String x, FixedFormat input, Products products,
      Weights weights, OutputStage stage, String window, HlsOptions options)
      throws HardwareException {
    StageCode code = StageCode.of(name, stage);
    FixedTensor bias = stage.bias();
    FixedFormat word = weights.words().format();
    FixedFormat accumulator = stage.accumulator();
    FixedFormat sum = accumulator == null
        ? ExactFormats.sum(input.times(word), products.taps(), bias == null ? null : bias.format())
        : accumulator;
    String types = code.types() + Cpp.typedef(sum, name + "_sum_t");
    String head = head(name, x, products, window);
    String start = start(name, bias);
    KHot kHot = weights.kHot();
    String loops = window.isEmpty() ? "dense" : "conv2d";
    if (kHot != null) {
      return new LayerCode(
          types + Cpp.typedef(ExactFormats.shifted(input, word), name + "_product_t"),
          code.constants() + KHotCode.outputs(name, x, products, kHot, stage),
          head + code.finish()
              + KHotCode.place(name, products, Reuse.all(products.outputs(), products.taps()))
              + "};\n",
          loops);
    }
    Reuse reuse = Reuse.of(products.outputs(), products.taps(), options.reuse());
    return new LayerCode(
        types + Cpp.typedef(word.withDefaultModes(), name + "_weight_t")
            + Cpp.typedef(input.times(word), name + "_product_t"),
        code.constants() + Cpp.table(name + "_weights", word, Cpp.integer(word),
            products.outputs(), products.taps(), products::raw),
        head + start + product(name, Cpp.integer(word)) + code.finish() + place(name, reuse)
            + "};\n",
        loops);
  }

  /** Returns the sizes of a layer of products, and what is a tap of it. */
  static String head(String name, String x, Products products, String window) {
    return """
        struct %1$s_config {
          typedef %2$s patch_t;
          typedef %1$s_sum_t sum_t;
          static const int groups = %3$d;
          static const int outputs = %4$d;
          static const int taps = %5$d;  // of an output
        %6$s
          static patch_t tap(const %2$s &x) { return x; }

        """.formatted(name, x, products.groups(), products.outputs(), products.taps(), window);
  }

  private static String start(String name, @Nullable FixedTensor bias) {
    return bias == null
        ? "  static sum_t start(int output) { return sum_t(0); }\n\n"
        : """
              static sum_t start(int output) {
            #pragma HLS INLINE
                return sum_t(fixlane::word<%1$s_bias_t>(%1$s_bias[output]));
              }

            """.formatted(name);
  }

  private static String product(String name, String integer) {
    return """
          static %1$s_product_t product(const patch_t &x, %2$s weight) {
        #pragma HLS INLINE
            return x * fixlane::word<%1$s_weight_t>(weight);
          }

        """.formatted(name, integer);
  }

  /** Returns the function of a config that multiplies, and the sizes of its loops. */
  static String place(String name, Reuse reuse) {
    return """

        %2$s
          static void place(const patch_t x[groups * taps], %1$s_t y[outputs]) {
            fixlane::multiply<%1$s_config>(x, %1$s_weights, y);
          }
        """.formatted(name, reuse.sizes());
  }
}
