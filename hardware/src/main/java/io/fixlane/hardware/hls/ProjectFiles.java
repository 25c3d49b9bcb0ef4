package io.fixlane.hardware.hls;

import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.HlsOptions;
import io.fixlane.hardware.graph.Graph;
import io.fixlane.hardware.graph.Node;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** All files of a project. */
public final class ProjectFiles {
  private static final List<String> COPIED = List.of("Makefile", "bench.h", "firmware/layers.h",
      "firmware/words.h", "cpu/systemc/ap_fixed.h", "cpu/systemc/sc_main.cpp", "cpu/ac/ap_fixed.h");
  private static final List<String> COPIED_WITH_STREAMS =
      List.of("bench_streams.h", "firmware/streams.h", "cpu/hls_stream.h");

  private ProjectFiles() {}

  /**
   * Returns the text of each file by its path, with {@code /} between names.
   *
   * @param name the name of the top function
   * @throws HardwareException if a layer cannot be written
   */
  public static SequencedMap<String, String> of(Network network, String name, HlsOptions options)
      throws HardwareException {
    Design design = Design.of(Graph.of(network), name, options);
    SequencedMap<String, String> files = new LinkedHashMap<>();
    files.put("README.md", ReadmeFile.of(design));
    files.put("hls_config.cfg", ToolFiles.config(design));
    files.put("run_hls.tcl", ToolFiles.script(design));
    files.put("project.mk", ToolFiles.make(design));
    files.put("firmware/" + name + ".h", HeaderFile.of(design));
    files.put("firmware/" + name + ".cpp", SourceFile.of(design));
    design.codes().forEach((place, code) -> {
      if (!code.constants().isEmpty()) {
        String layer = design.wiring().name(place);
        files.put("firmware/weights/" + layer + ".h", constants(design, place, code));
      }
    });
    files.put(name + "_test.cpp", BenchFile.of(design));
    COPIED.forEach(path -> files.put(path, resource(path)));
    if (design.streams()) {
      COPIED_WITH_STREAMS.forEach(path -> files.put(path, resource(path)));
    }
    words(network, design, files);
    return Collections.unmodifiableSequencedMap(files);
  }

  /** Returns why SystemC's types give other words than a network's, or nothing if they do not. */
  public static Optional<String> systemCDifference(Network network) {
    return Differences.systemC(Graph.of(network));
  }

  private static String constants(Design design, int place, LayerCode code) {
    return "// Constants of " + design.wiring().node(place).path()
        + ", which " + design.name() + ".cpp includes.\n\n" + code.constants().stripTrailing()
        + "\n";
  }

  private static void words(Network network, Design design, SequencedMap<String, String> files) {
    FixedTensor samples = Samples.of(network.inputType(), design.options().samples());
    files.put("tb_data/input.hex", WordFile.of(samples));
    SequencedMap<String, FixedTensor> trace = network.trace(samples);
    for (int place : design.wiring().functions()) {
      Node node = design.wiring().node(place);
      files.put("tb_data/" + node.identifier() + ".hex", WordFile.of(trace.get(node.path())));
    }
  }

  private static String resource(String path) {
    try (InputStream in = ProjectFiles.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new AssertionError("the resource " + path + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
