// The sum of each channel over the pixels of a sample.
module fixlane_accumulate #(
  parameter CHANNELS = 1,
  parameter BITS = 8,
  parameter SIGNED = 1,
  parameter SUM_BITS = 10,
  parameter PIXELS = 4
) (
  input wire aclk,
  input wire aresetn,
  input wire [CHANNELS*BITS-1:0] s_axis_tdata,
  input wire s_axis_tvalid,
  output wire s_axis_tready,
  output wire [CHANNELS*SUM_BITS-1:0] m_axis_tdata,
  output reg m_axis_tvalid,
  input wire m_axis_tready
);
  localparam COUNT_BITS = $clog2(PIXELS + 1);

  reg [COUNT_BITS-1:0] count;
  wire first = count == 0;
  wire last = count == PIXELS - 1;
  wire go = ~m_axis_tvalid | m_axis_tready;
  wire step = go & s_axis_tvalid;

  assign s_axis_tready = go;

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
  end

  genvar c;
  generate
    for (c = 0; c < CHANNELS; c = c + 1) begin : channel
      wire [BITS-1:0] word = s_axis_tdata[c*BITS +: BITS];
      wire [SUM_BITS-1:0] x =
          {{(SUM_BITS-BITS){(SIGNED != 0) & word[BITS-1]}}, word};
      reg [SUM_BITS-1:0] sum;
      always @(posedge aclk) begin
        if (step) begin
          sum <= first ? x : sum + x;
        end
      end
      assign m_axis_tdata[c*SUM_BITS +: SUM_BITS] = sum;
    end
  endgenerate
endmodule
