// The difference of two words, modulo 2^BITS.
(* keep_hierarchy = "yes" *)
module fixlane_subtract #(
  parameter BITS = 8
) (
  input wire [BITS-1:0] a,
  input wire [BITS-1:0] b,
  output wire [BITS-1:0] y
);
  assign y = a - b;
endmodule
