// A first-in, first-out memory of DEPTH vectors.
module fixlane_fifo #(
  parameter BITS = 8,
  parameter DEPTH = 2
) (
  input wire aclk,
  input wire aresetn,
  input wire [BITS-1:0] s_axis_tdata,
  input wire s_axis_tvalid,
  output wire s_axis_tready,
  output wire [BITS-1:0] m_axis_tdata,
  output wire m_axis_tvalid,
  input wire m_axis_tready
);
  localparam PLACE_BITS = $clog2(DEPTH);
  localparam COUNT_BITS = $clog2(DEPTH + 1);

  reg [BITS-1:0] memory [0:DEPTH-1];
  reg [PLACE_BITS-1:0] read;
  reg [PLACE_BITS-1:0] write;
  reg [COUNT_BITS-1:0] count;

  wire put = s_axis_tvalid & s_axis_tready;
  wire take = m_axis_tvalid & m_axis_tready;

  assign s_axis_tready = count != DEPTH;
  assign m_axis_tvalid = count != 0;
  assign m_axis_tdata = memory[read];

  always @(posedge aclk) begin
    if (~aresetn) begin
      read <= 0;
      write <= 0;
      count <= 0;
    end else begin
      if (put) begin
        write <= write == DEPTH - 1 ? 0 : write + 1'b1;
      end
      if (take) begin
        read <= read == DEPTH - 1 ? 0 : read + 1'b1;
      end
      count <= put & ~take ? count + 1'b1 : take & ~put ? count - 1'b1 : count;
    end
    if (put) begin
      memory[write] <= s_axis_tdata;
    end
  end
endmodule
