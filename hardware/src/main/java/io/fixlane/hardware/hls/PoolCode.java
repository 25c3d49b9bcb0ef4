package io.fixlane.hardware.hls;

import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.graph.Node;
import io.fixlane.network.layer.GlobalAverageLayer;
import io.fixlane.network.layer.PoolLayer.Average;
import io.fixlane.network.layer.PoolLayer.Max;
import io.fixlane.network.layer.PoolLayer;
import io.fixlane.shape.Window;
import java.util.OptionalInt;

/** Pools. */
final class PoolCode {
  private PoolCode() {}

  static LayerCode of(Node node, PoolLayer layer, OptionalInt reuse)
      throws HardwareException {
    String name = node.identifier();
    Window window = layer.window();
    String sizes = """
          static const int outputs = %d;
          static const int outputs_at_once = %d;
        """.formatted(node.result().channels(), Reuse.channels(node.result().channels(), reuse))
        + WindowCode.of(window, node.input(), node.result(), reuse);
    return switch (layer.function()) {
      case Max _ -> new LayerCode("", "", """
          struct %s_config {
          %s};
          """.formatted(name, sizes), "max_pool");
      case Average average -> {
        boolean whole = WindowCode.isInside(window, node.input(), node.result());
        AverageCode code = AverageCode.of(
            name, node.input().format(), window.taps(), whole, average.result());
        yield new LayerCode(code.types(), "", """
            struct %1$s_config {
              typedef %1$s_sum_t sum_t;
              typedef %1$s_t result_t;
            %2$s  static const bool padding_counts = %3$b;
              static const bool whole = %4$b;  // whether the kernel never leaves the image

            %5$s};
            """.formatted(name, sizes, average.paddingCounts(), whole, code.function()),
            "average_pool");
      }
    };
  }

  static LayerCode of(Node node, GlobalAverageLayer layer, OptionalInt reuse)
      throws HardwareException {
    String name = node.identifier();
    int pixels = node.input().size() / node.input().channels();
    AverageCode code =
        AverageCode.of(name, node.input().format(), pixels, true, layer.result());
    return new LayerCode(code.types(), "", """
        struct %1$s_config {
          typedef %1$s_sum_t sum_t;
        %2$s
        %3$s};
        """.formatted(name, ElementCode.sizes(node.input(), reuse), code.function()),
        "global_average");
  }
}
