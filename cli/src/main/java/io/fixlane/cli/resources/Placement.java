package io.fixlane.cli.resources;

import io.fixlane.cli.console.Json;
import io.fixlane.hardware.VerilogProject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A network placed and routed on an iCE40 HX8K, by nextpnr, for the clock that it reaches there.
 * Its words come and go bit by bit, since the chip has fewer pins than a pixel may have bits.
 */
final class Placement {
  /** The look-up tables of the chip. */
  static final int LUTS = 7680;

  private static final String SERIAL = "serial";
  private static final String WRAPPER = """
      module %1$s (
        input wire aclk,
        input wire aresetn,
        input wire in,
        input wire valid,
        output wire out
      );
        reg [%2$d:0] taken;
        reg [%3$d:0] given;
        wire [%3$d:0] result;
        wire ready;
        wire done;
        always @(posedge aclk) begin
          taken <= {taken, in};
          given <= done ? result : given << 1;
        end
        assign out = given[%3$d] ^ ready;
        %4$s network (
          .aclk(aclk),
          .aresetn(aresetn),
          .s_axis_tdata(taken),
          .s_axis_tvalid(valid),
          .s_axis_tready(ready),
          .m_axis_tdata(result),
          .m_axis_tvalid(done),
          .m_axis_tready(1'b1)
        );
      endmodule
      """;

  private Placement() {}

  /** Returns the clock in MHz that is reached. */
  static double megahertz(Tool yosys, Tool nextpnr, VerilogProject project, Path folder)
      throws IOException, InterruptedException {
    String top = project.files().get("rtl/" + project.name() + ".v");
    String wrapper = String.format(WRAPPER, SERIAL, highest("s", top), highest("m", top),
        project.name());
    Files.writeString(folder.resolve(SERIAL + ".v"), wrapper, StandardCharsets.UTF_8);
    String script = "read_verilog " + String.join(" ", Synthesis.sources(project)) + " " + SERIAL
        + ".v\nsynth_ice40 -top " + SERIAL + " -json " + SERIAL + ".json\n";
    Files.writeString(folder.resolve(SERIAL + ".ys"), script, StandardCharsets.UTF_8);
    yosys.run(folder, SERIAL + ".log", "-q", "-s", SERIAL + ".ys");
    nextpnr.run(folder, "place.log", "--hx8k", "--package", "ct256", "--json", SERIAL + ".json",
        "--seed", "1", "--timing-allow-fail", "--report", "place.json", "-q");
    try {
      JsonNode clocks = Json.mapper().build().readTree(folder.resolve("place.json")).path("fmax");
      return clocks.valueStream().mapToDouble(clock -> clock.path("achieved").asDouble(0)).min()
          .orElseThrow(() -> new IOException("place.json has no clock"));
    } catch (JacksonException e) {
      throw new IOException("place.json cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  /** Returns the highest bit of the data of a stream. */
  private static int highest(String stream, String text) throws IOException {
    Matcher matcher = Pattern.compile("\\[(\\d+):0\\] " + stream + "_axis_tdata").matcher(text);
    if (!matcher.find()) {
      throw new IOException("the module has no " + stream + "_axis_tdata of several bits");
    }
    return Integer.parseInt(matcher.group(1));
  }
}
