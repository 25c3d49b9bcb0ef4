// A step of a restoring division: the state, a remainder above BITS bits of the dividend, moves up
// by a bit; the divisor is subtracted from the remainder where it goes into it; and the lowest bit
// says whether it did.
(* keep_hierarchy = "yes" *)
module fixlane_divide_step #(
  parameter BITS = 8,
  parameter DIVISOR_BITS = 4
) (
  input wire [DIVISOR_BITS+BITS-1:0] state,
  input wire [DIVISOR_BITS-1:0] divisor,
  output wire [DIVISOR_BITS+BITS-1:0] y
);
  wire [DIVISOR_BITS+BITS:0] moved = {state, 1'b0};
  wire [DIVISOR_BITS:0] remainder = moved[DIVISOR_BITS+BITS:BITS];
  wire [DIVISOR_BITS:0] less = remainder - {1'b0, divisor};
  wire goes = ~less[DIVISOR_BITS];
  wire [DIVISOR_BITS:0] left = goes ? less : remainder;
  generate
    if (BITS == 1) begin : single
      assign y = {left[DIVISOR_BITS-1:0], goes};
    end else begin : several
      assign y = {left[DIVISOR_BITS-1:0], moved[BITS-1:1], goes};
    end
  endgenerate
endmodule
