// What a division ends with. The state has the remainder above the quotient of the magnitude m, and
// m = ~a where the dividend a is negative: then the floor of a / d is ~(m / d), and nothing is left
// where the remainder is d - 1. The lowest bit is set where anything is left.
module fixlane_quotient #(
  parameter BITS = 8,
  parameter DIVISOR_BITS = 4
) (
  input wire [DIVISOR_BITS+BITS-1:0] state,
  input wire [DIVISOR_BITS-1:0] divisor,
  input wire negative,
  input wire dropped,
  output wire [BITS:0] y
);
  wire [DIVISOR_BITS-1:0] remainder = state[DIVISOR_BITS+BITS-1:BITS];
  wire [DIVISOR_BITS-1:0] nothing =
      negative ? divisor - {{DIVISOR_BITS{1'b0}}, 1'b1} : {DIVISOR_BITS{1'b0}};
  wire left = dropped | (remainder != nothing);
  assign y = {negative, state[BITS-1:0] ^ {BITS{negative}}} | {{BITS{1'b0}}, left};
endmodule
