package io.fixlane.cli.resources;

import io.fixlane.cli.console.Json;
import io.fixlane.hardware.VerilogProject.LayerEstimate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Estimates and counts as JSON. */
final class ResourcesJson {
  private ResourcesJson() {}

  static byte[] of(String network, List<LayerEstimate> layers, List<Synthesis> all,
      OptionalDouble megahertz) {
    JsonMapper mapper = Json.mapper().enable(SerializationFeature.INDENT_OUTPUT).build();
    ObjectNode root = mapper.createObjectNode().put("network", network);
    ArrayNode estimates = root.putArray("estimates");
    for (LayerEstimate layer : layers) {
      estimates.addObject().put("layer", layer.path()).put("weightBits", layer.weightBits())
          .put("adders", layer.adders()).put("multipliers", layer.multipliers())
          .put("luts", layer.luts()).put("registers", layer.registers());
    }
    ArrayNode families = root.putArray("families");
    for (Synthesis synthesis : all) {
      ObjectNode family = families.addObject().put("family", synthesis.family().option())
          .put("seconds", synthesis.seconds());
      put(family, synthesis.total());
      ArrayNode parts = family.putArray("layers");
      synthesis.layers().forEach(
          (layer, counts) -> put(parts.addObject().put("layer", layer), counts));
    }
    if (megahertz.isPresent()) {
      root.put("hx8kMegahertz", megahertz.getAsDouble());
    }
    return (mapper.writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void put(ObjectNode node, Counts counts) {
    node.put("dsps", counts.dsps()).put("luts", counts.luts())
        .put("registers", counts.registers()).put("memories", counts.memories());
  }
}
