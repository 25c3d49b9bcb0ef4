// The sum of two words, modulo 2^BITS. A module of its own keeps adders apart, each on its own
// carry chain: a long sum in one expression becomes a tree of look-up tables.
(* keep_hierarchy = "yes" *)
module fixlane_add #(
  parameter BITS = 8
) (
  input wire [BITS-1:0] a,
  input wire [BITS-1:0] b,
  output wire [BITS-1:0] y
);
  assign y = a + b;
endmodule
