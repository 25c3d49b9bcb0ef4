package io.fixlane.hardware.hls;

import io.fixlane.format.FixedFormat;
import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.HlsOptions;
import io.fixlane.network.layer.BinaryResult;

/** Dense layers and convolutions of signs. A tap in the padding is 0, and no sign. */
final class BinaryCode {
  private static final FixedFormat SIGN = FixedFormat.signed(2, 2);

  private BinaryCode() {}

  static LayerCode of(String name, String x, Products products, BinaryResult result,
      String window, HlsOptions options) throws HardwareException {
    FixedFormat sum = ExactFormats.sum(SIGN, products.taps(), null);
    String types = Cpp.typedef(SIGN, name + "_sign_t") + Cpp.typedef(sum, name + "_sum_t");
    String constants = Cpp.table(name + "_weights", products.words().format(), "bool",
        products.outputs(), products.taps(), place -> -products.raw(place));
    String finish = switch (result) {
      case BinaryResult.Sums _ -> "    return %s_t(sum);\n".formatted(name);
      case BinaryResult.Signs signs -> {
        types += Cpp.typedef(
            signs.thresholds().format().withDefaultModes(), name + "_threshold_t");
        constants += Cpp.table(name + "_thresholds", signs.thresholds());
        yield """
                if (sum >= fixlane::word<%1$s_threshold_t>(%1$s_thresholds[output])) {
                  return %1$s_t(0);
                }
                return %1$s_t(-1);
            """.formatted(name);
      }
    };
    Reuse reuse = Reuse.of(products.outputs(), products.taps(), options.reuse());
    return new LayerCode(types, constants, """
        struct %1$s_config {
          typedef %1$s_sign_t patch_t;
          typedef %1$s_sum_t sum_t;
          static const int groups = %3$d;
          static const int outputs = %4$d;
          static const int taps = %5$d;  // of an output
        %6$s
          static patch_t tap(const %2$s &x) { return fixlane::sign<patch_t>(x); }

          static sum_t start(int output) { return sum_t(0); }

          // A weight is true for -1.
          static patch_t product(const patch_t &x, bool weight) {
        #pragma HLS INLINE
            if (weight) {
              return patch_t(-x);
            }
            return x;
          }

          static %1$s_t finish(const sum_t &sum, int output) {
        #pragma HLS INLINE
        %7$s  }
        %8$s};
        """.formatted(name, x, products.groups(), products.outputs(), products.taps(), window,
        finish, ProductCode.place(name, reuse)), window.isEmpty() ? "dense" : "conv2d");
  }
}
