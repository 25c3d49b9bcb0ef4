package io.fixlane.hardware.hls;

import io.fixlane.hardware.graph.Node;
import io.fixlane.network.layer.TensorType;
import java.util.stream.Collectors;

/** {@code README.md} of a project. */
final class ReadmeFile {
  private ReadmeFile() {}

  static String of(Design design) {
    Wiring wiring = design.wiring();
    TensorType input = wiring.graph().input();
    TensorType result = wiring.graph().type(wiring.graph().nodes().size() - 1);
    String layers = wiring.graph().nodes().stream().map(ReadmeFile::row)
        .collect(Collectors.joining());
    return """
        # %1$s

        An integer network as HLS C++, written by Fixlane. Every word of every layer is that of
        `ap_fixed` arithmetic as the types say it.

        | | type | shape |
        |---|---|---|
        | input | `%2$s` | %3$s |
        | result | `%4$s` | %5$s |

        %6$s

        | layer | what | type | shape |
        |---|---|---|---|
        %7$s
        ## The files

        | file | what it holds |
        |---|---|
        | `firmware/%1$s.h`, `firmware/%1$s.cpp` | types, a function for each layer, and the top function `%1$s` |
        | `firmware/layers.h`%8$s, `firmware/words.h` | the loops of layers, which are the same in every project |
        | `firmware/weights/` | raw words of weights, biases and tables; of K-hot weights the shifts and additions that they are |
        | `%1$s_test.cpp`, `bench.h` | the test bench |
        | `tb_data/` | raw words in hex, a line each, of %9$d samples: the input, and what each layer must give |
        | `hls_config.cfg`, `run_hls.tcl` | how AMD's tools build it |
        | `Makefile`, `project.mk`, `cpu/` | how a C++ compiler checks it without them |

        ## To check it

        ```sh
        make check                     # with SystemC's types (Debian: libsystemc-dev)
        make check AP_TYPES=include    # with AMD's ap_fixed.h, which lies in include
        make check AC_TYPES=include    # with ac_fixed.h of hlslibs
        ```

        The bench compares the network, and each layer by itself, with `tb_data`. It prints the first words
        that differ, and returns 1 if any does.
        %10$s
        ## To build it

        ```sh
        v++ -c --mode hls --config hls_config.cfg --work_dir work      # synthesis
        vitis-run --mode hls --csim --config hls_config.cfg --work_dir work
        vitis-run --mode hls --cosim --config hls_config.cfg --work_dir work
        vitis-run --mode hls --package --config hls_config.cfg --work_dir work
        ```

        or all of it with `vitis-run --mode hls --tcl run_hls.tcl`, which takes `PART`, `CLOCK`, `FLOW` and
        `STEPS` from the environment.
        """
        .formatted(design.name(), input.format(), shape(input), result.format(),
            shape(result), ports(design), layers, design.streams() ? ", `firmware/streams.h`" : "",
            design.options().samples(), differences(design));
  }

  private static String row(Node node) {
    return "| %s | %s | `%s` | %s |\n".formatted(node.path(), LayerNote.function(node.layer()),
        node.result().format(), shape(node.result()));
  }

  private static String shape(TensorType type) {
    return type.shape().stream().map(String::valueOf).collect(Collectors.joining(" x "));
  }

  private static String ports(Design design) {
    Wiring wiring = design.wiring();
    return design.streams()
        ? """
            Words come in and go out on AXI-Streams, with %d and %d words in a beat. Layers are processes, and keep no
            more of an image than the rows that their kernels reach."""
            .formatted(wiring.lanes(Node.INPUT), wiring.lanes(wiring.result()))
        : """
            Each word is a port of its own. Layers follow each other.""";
  }

  private static String differences(Design design) {
    StringBuilder text = new StringBuilder();
    Differences.systemC(design.wiring().graph()).ifPresent(reason -> text.append(
        "\nNot with SystemC's types: ").append(reason).append(".\n"));
    Differences.ac(design.wiring().graph()).ifPresent(reason -> text.append(
        "\nNot with the types of hlslibs: ").append(reason).append(".\n"));
    return text.toString();
  }
}
