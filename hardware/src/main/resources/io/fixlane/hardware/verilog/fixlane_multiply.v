// The product of a word and a positive constant, by a multiplier.
(* keep_hierarchy = "yes" *)
module fixlane_multiply #(
  parameter BITS = 8,
  parameter FACTOR_BITS = 8,
  parameter RESULT_BITS = 16,
  parameter SIGNED = 1,
  parameter [FACTOR_BITS-1:0] FACTOR = 1
) (
  input wire [BITS-1:0] a,
  output wire [RESULT_BITS-1:0] y
);
  wire signed [BITS:0] x = {(SIGNED != 0) & a[BITS-1], a};
  wire signed [FACTOR_BITS:0] factor = {1'b0, FACTOR};
  (* use_dsp = "yes" *) wire signed [BITS+FACTOR_BITS+1:0] product;
  assign product = x * factor;
  assign y = product[RESULT_BITS-1:0];
endmodule
