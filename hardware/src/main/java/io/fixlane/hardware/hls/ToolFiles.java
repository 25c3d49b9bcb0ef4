package io.fixlane.hardware.hls;

import io.fixlane.hardware.HlsOptions;

/** The files by which AMD's tools and make know a project. */
final class ToolFiles {
  private ToolFiles() {}

  /** Returns {@code hls_config.cfg}, for {@code v++ -c --mode hls}. */
  static String config(Design design) {
    HlsOptions options = design.options();
    return """
        part=%2$s

        [hls]
        clock=%3$sns
        flow_target=%4$s
        syn.file=firmware/%1$s.cpp
        syn.top=%1$s
        syn.cflags=-std=c++14
        syn.csimflags=-std=c++14 -DNDEBUG
        tb.file=%1$s_test.cpp
        tb.file=tb_data
        tb.cflags=-std=c++14 -I. -DNDEBUG
        csim.code_analyzer=0
        package.output.format=%5$s
        """.formatted(design.name(), options.part(), options.clock().toPlainString(),
        options.flow(), options.flow().equals("vivado") ? "ip_catalog" : "xo");
  }

  /** Returns {@code run_hls.tcl}. */
  static String script(Design design) {
    HlsOptions options = design.options();
    return """
        # C simulation, synthesis, co-simulation and export of %1$s:
        #
        #   vitis-run --mode hls --tcl run_hls.tcl
        #
        # The variables of the environment PART, CLOCK (in ns), FLOW (vivado or vitis) and STEPS (some
        # of csim, csynth, cosim and export) change what is said here.
        proc setting {name value} {
          return [expr {[info exists ::env($name)] ? $::env($name) : $value}]
        }
        set steps [setting STEPS {csim csynth cosim export}]

        open_component -reset %1$s_hls -flow_target [setting FLOW %2$s]
        add_files firmware/%1$s.cpp -cflags "-std=c++14" -csimflags "-std=c++14 -DNDEBUG"
        add_files -tb %1$s_test.cpp -cflags "-std=c++14 -I. -DNDEBUG"
        add_files -tb tb_data
        set_top %1$s
        set_part [setting PART %3$s]
        create_clock -period [setting CLOCK %4$s]

        # A bench that does not return 0 is an error.
        if {"csim" in $steps} {
          csim_design
        }
        if {"csynth" in $steps} {
          csynth_design
        }
        if {"cosim" in $steps} {
          cosim_design
        }
        if {"export" in $steps} {
          export_design -format %5$s
        }
        exit
        """
        .formatted(design.name(), options.flow(), options.part(),
            options.clock().toPlainString(),
            options.flow().equals("vivado") ? "ip_catalog" : "xo");
  }

  /** Returns {@code project.mk}, what the Makefile of all projects does not know. */
  static String make(Design design) {
    return """
        TOP = %s
        # What the types of SystemC and of hlslibs compute otherwise, if anything.
        SYSTEMC_DIFFERS = %s
        AC_DIFFERS = %s
        """.formatted(design.name(), Differences.systemC(design.wiring().graph()).orElse(""),
        Differences.ac(design.wiring().graph()).orElse(""));
  }
}
