// A cast: DROPPED low bits are quantized away, or zeros appended where it is negative, and what
// then is out of the range of BITS bits overflows, as AMD's UG1399 says of ap_fixed and ap_ufixed.
//
// QUANTIZATION: 0 AP_RND, 1 AP_RND_ZERO, 2 AP_RND_MIN_INF, 3 AP_RND_INF, 4 AP_RND_CONV, 5 AP_TRN,
//               6 AP_TRN_ZERO
// OVERFLOW:     0 AP_SAT, 1 AP_SAT_ZERO, 2 AP_SAT_SYM, 3 AP_WRAP, 4 AP_WRAP_SM, of which the last
//               two saturate SATURATED top bits
module fixlane_cast #(
  parameter SOURCE_BITS = 8,
  parameter SOURCE_SIGNED = 1,
  parameter DROPPED = 0,
  parameter BITS = 8,
  parameter SIGNED = 1,
  parameter QUANTIZATION = 5,
  parameter OVERFLOW = 3,
  parameter SATURATED = 0
) (
  input wire [SOURCE_BITS-1:0] a,
  output wire [BITS-1:0] y
);
  localparam RIGHT = DROPPED > 0 ? DROPPED : 0;
  localparam LEFT = DROPPED < 0 ? -DROPPED : 0;
  // Wide enough for the source, for the bits that are dropped of it, and for a carry.
  localparam V = (SOURCE_BITS > RIGHT ? SOURCE_BITS : RIGHT) + 2;
  // Wide enough for the quantized word, and for two bits above the result.
  localparam T = (V - RIGHT) + LEFT;
  localparam Q = (T > BITS ? T : BITS) + 2;

  wire s = (SOURCE_SIGNED != 0) & a[SOURCE_BITS-1];
  wire [V-1:0] v = {{(V - SOURCE_BITS){s}}, a};
  wire [Q-1:0] t = {{(Q - T){s}}, v[V-1:RIGHT], {LEFT{1'b0}}};

  wire increment;
  generate
    if (RIGHT == 0) begin : exact
      assign increment = 1'b0;
    end else begin : rounded
      wire half = v[RIGHT-1];
      wire rest;
      if (RIGHT == 1) begin : alone
        assign rest = 1'b0;
      end else begin : further
        assign rest = |v[RIGHT-2:0];
      end
      assign increment =
          QUANTIZATION == 0 ? half
          : QUANTIZATION == 1 ? half & (s | rest)
          : QUANTIZATION == 2 ? half & rest
          : QUANTIZATION == 3 ? half & (~s | rest)
          : QUANTIZATION == 4 ? half & (t[0] | rest)
          : QUANTIZATION == 6 ? s & (half | rest)
          : 1'b0;
    end
  endgenerate
  wire [Q-1:0] q;
  generate
    if (RIGHT == 0 || QUANTIZATION == 5) begin : kept
      assign q = t;
    end else begin : incremented
      assign q = t + {{(Q - 1){1'b0}}, increment};
    end
  endgenerate

  localparam [BITS-1:0] ONES = {BITS{1'b1}};
  localparam [BITS-1:0] TOP = ~(ONES >> 1);
  localparam [BITS-1:0] LARGEST = SIGNED != 0 ? ONES >> 1 : ONES;
  localparam [BITS-1:0] SMALLEST =
      SIGNED == 0 ? {BITS{1'b0}} : OVERFLOW == 2 ? TOP | {{(BITS){1'b0}}, 1'b1} : TOP;
  // The top bits that saturate: N of an unsigned word, N - 1 below the sign of a signed one.
  localparam [BITS-1:0] BELOW =
      SIGNED == 0 ? ~(ONES >> SATURATED) : SATURATED == 0 ? {BITS{1'b0}}
      : ~(ONES >> SATURATED) & ~TOP;

  wire negative = q[Q-1];
  wire beyond = SIGNED != 0 ? q[Q-1:BITS-1] != {(Q - BITS + 1){negative}} : |q[Q-1:BITS];
  // AP_SAT_SYM keeps no word below its smallest, which one bit alone has none of.
  wire lowest = SIGNED != 0 && OVERFLOW == 2 && BITS > 1 && negative && q[BITS-1:0] == TOP;
  wire out = beyond | lowest;
  wire [BITS-1:0] low = q[BITS-1:0];

  generate
    if (OVERFLOW == 0 || OVERFLOW == 2) begin : saturate
      assign y = ~out ? low : negative ? SMALLEST : LARGEST;
    end else if (OVERFLOW == 1) begin : zero
      assign y = out ? {BITS{1'b0}} : low;
    end else if (OVERFLOW == 3) begin : wrap
      if (SATURATED == 0) begin : plain
        assign y = low;
      end else if (SIGNED != 0) begin : signs
        wire [BITS-1:0] filled = s ? (low & ~BELOW) | TOP : (low | BELOW) & ~TOP;
        assign y = out ? filled : low;
      end else begin : ones
        assign y = out ? low | BELOW : low;
      end
    end else begin : magnitude
      if (SATURATED == 0) begin : lost
        // The bit above the highest one of the result, before rounding.
        wire above;
        if (BITS + DROPPED < 0) begin : none
          assign above = 1'b0;
        end else if (BITS + DROPPED < V) begin : there
          assign above = v[BITS+DROPPED];
        end else begin : sign
          assign above = s;
        end
        wire [BITS-1:0] word = above == low[BITS-1] ? low : ~low;
        assign y = ~out ? low : above ? word | TOP : word & ~TOP;
      end else begin : saturated
        wire invert = SATURATED == 1 ? s != low[BITS-1] : s == low[BITS-SATURATED];
        wire [BITS-1:0] word = invert ? ~low : low;
        assign y = ~out ? low : s ? (word & ~BELOW) | TOP : (word | BELOW) & ~TOP;
      end
    end
  endgenerate
endmodule
