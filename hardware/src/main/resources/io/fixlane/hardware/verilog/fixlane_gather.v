// The pixels of a sample as one vector, the first of them in the lowest bits.
module fixlane_gather #(
  parameter BITS = 8,
  parameter PIXELS = 4
) (
  input wire aclk,
  input wire aresetn,
  input wire [BITS-1:0] s_axis_tdata,
  input wire s_axis_tvalid,
  output wire s_axis_tready,
  output wire [PIXELS*BITS-1:0] m_axis_tdata,
  output reg m_axis_tvalid,
  input wire m_axis_tready
);
  localparam COUNT_BITS = $clog2(PIXELS + 1);

  reg [COUNT_BITS-1:0] count;
  reg [PIXELS*BITS-1:0] pixels;
  wire [(PIXELS+1)*BITS-1:0] moved = {s_axis_tdata, pixels};
  wire last = count == PIXELS - 1;
  wire go = ~m_axis_tvalid | m_axis_tready;
  wire step = go & s_axis_tvalid;

  assign s_axis_tready = go;
  assign m_axis_tdata = pixels;

  always @(posedge aclk) begin
    if (~aresetn) begin
      count <= 0;
      m_axis_tvalid <= 1'b0;
    end else begin
      if (go) begin
        m_axis_tvalid <= step & last;
      end
      if (step) begin
        count <= last ? 0 : count + 1'b1;
      end
    end
    if (step) begin
      pixels <= moved[(PIXELS+1)*BITS-1:BITS];
    end
  end
endmodule
