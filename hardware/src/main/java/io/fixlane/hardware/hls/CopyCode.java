package io.fixlane.hardware.hls;

import io.fixlane.network.layer.TensorType;
import io.fixlane.network.layer.UpsampleLayer;
import java.util.List;
import java.util.OptionalInt;

/** Layers that put words elsewhere. */
final class CopyCode {
  private CopyCode() {}

  static LayerCode upsample(String name, UpsampleLayer layer, TensorType input) {
    return new LayerCode("", "", """
        struct %s_config {
          static const int height = %d;
          static const int width = %d;
          static const int channels = %d;
          static const int factor_y = %d;
          static const int factor_x = %d;
        };
        """.formatted(name, input.shape().get(0), input.shape().get(1), input.channels(),
        layer.factorY(), layer.factorX()), "upsample");
  }

  /**
   * Puts the words of two branches side by side.
   *
   * @param types the types of their words
   * @param channels the channels of the first
   */
  static LayerCode concat(
      String name, List<String> types, int channels, TensorType result, OptionalInt reuse) {
    int more = result.channels() - channels;
    return new LayerCode("", "", """
        struct %1$s_config {
          static const int pixels = %2$d;
          static const int channels = %3$d;
          static const int channels_at_once = %4$d;
          static const int more = %5$d;
          static const int more_at_once = %6$d;

          static %1$s_t first(const %7$s &x) {
        #pragma HLS INLINE
            return %1$s_t(x);
          }

          static %1$s_t second(const %8$s &x) {
        #pragma HLS INLINE
            return %1$s_t(x);
          }
        };
        """.formatted(name, result.size() / result.channels(), channels,
        Reuse.channels(channels, reuse), more, Reuse.channels(more, reuse), types.getFirst(),
        types.getLast()), "concat");
  }
}
