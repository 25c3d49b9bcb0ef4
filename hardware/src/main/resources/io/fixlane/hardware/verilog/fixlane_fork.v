// A stream for several readers, each of which takes every vector when it is ready.
module fixlane_fork #(
  parameter READERS = 2
) (
  input wire aclk,
  input wire aresetn,
  input wire s_axis_tvalid,
  output wire s_axis_tready,
  output wire [READERS-1:0] m_axis_tvalid,
  input wire [READERS-1:0] m_axis_tready
);
  reg [READERS-1:0] taken;

  assign m_axis_tvalid = {READERS{s_axis_tvalid}} & ~taken;
  assign s_axis_tready = &(taken | m_axis_tready);

  always @(posedge aclk) begin
    if (~aresetn) begin
      taken <= 0;
    end else if (s_axis_tvalid) begin
      taken <= s_axis_tready ? {READERS{1'b0}} : taken | m_axis_tready;
    end
  end
endmodule
