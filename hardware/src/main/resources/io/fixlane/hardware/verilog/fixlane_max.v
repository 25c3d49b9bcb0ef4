// The larger of two words.
(* keep_hierarchy = "yes" *)
module fixlane_max #(
  parameter BITS = 8,
  parameter SIGNED = 1
) (
  input wire [BITS-1:0] a,
  input wire [BITS-1:0] b,
  output wire [BITS-1:0] y
);
  // Signed words are in the order of unsigned ones once their highest bits are inverted.
  wire [BITS-1:0] flip = {{BITS{1'b0}}, SIGNED != 0} << (BITS - 1);
  assign y = (a ^ flip) < (b ^ flip) ? b : a;
endmodule
