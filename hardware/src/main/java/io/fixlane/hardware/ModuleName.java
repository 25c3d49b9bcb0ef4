package io.fixlane.hardware;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of modules. */
final class ModuleName {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

  /** Words of Verilog-2005 and of VHDL, and names of the project, in lower case. */
  private static final Set<String> TAKEN = Set.of(("""
      always and assign automatic begin buf bufif0 bufif1 case casex casez cell cmos config \
      deassign default defparam design disable edge else end endcase endconfig endfunction \
      endgenerate endmodule endprimitive endspecify endtable endtask event for force forever fork \
      function generate genvar highz0 highz1 if ifnone incdir include initial inout input instance \
      integer join large liblist library localparam macromodule medium module nand negedge nmos \
      nor noshowcancelled not notif0 notif1 or output parameter pmos posedge primitive pull0 pull1 \
      pulldown pullup pulsestyle_ondetect pulsestyle_onevent rcmos real realtime reg release \
      repeat rnmos rpmos rtran rtranif0 rtranif1 scalared showcancelled signed small specify \
      specparam strong0 strong1 supply0 supply1 table task time tran tranif0 tranif1 tri tri0 tri1 \
      triand trior trireg unsigned use uwire vectored wait wand weak0 weak1 while wire wor xnor \
      xor dut inputs sent offered logic bit byte int shortint longint entity architecture signal \
      bench errors done""").split(" "));

  private ModuleName() {}

  static String require(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name is '" + name
          + "': it must be 1 to 64 letters, digits and underscores, the first a letter");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (TAKEN.contains(lower) || lower.startsWith("layer_") || lower.startsWith("fixlane_")) {
      throw new IllegalArgumentException("name is '" + name
          + "': Verilog or the project uses it for something else");
    }
    return name;
  }
}
