// Every pixel of an image as a block of FACTOR_ROWS x FACTOR_COLUMNS of the same ones, in the order
// of the larger image's pixels. A row is kept while it is repeated.
module fixlane_upsample #(
  parameter BITS = 8,
  parameter COLUMNS = 4,
  parameter FACTOR_ROWS = 2,
  parameter FACTOR_COLUMNS = 2
) (
  input wire aclk,
  input wire aresetn,
  input wire [BITS-1:0] s_axis_tdata,
  input wire s_axis_tvalid,
  output wire s_axis_tready,
  output wire [BITS-1:0] m_axis_tdata,
  output reg m_axis_tvalid,
  input wire m_axis_tready
);
  localparam COLUMN_BITS = $clog2(COLUMNS + 1);
  localparam ROW_COPY_BITS = $clog2(FACTOR_ROWS + 1);
  localparam COLUMN_COPY_BITS = $clog2(FACTOR_COLUMNS + 1);

  reg [COLUMN_BITS-1:0] column;
  reg [ROW_COPY_BITS-1:0] row_copy;
  reg [COLUMN_COPY_BITS-1:0] column_copy;
  reg [BITS-1:0] memory [0:COLUMNS-1];
  reg [BITS-1:0] pixel;

  wire taken = row_copy == 0 && column_copy == 0;
  wire last_copy = column_copy == FACTOR_COLUMNS - 1;
  wire last_column = column == COLUMNS - 1;
  wire last_row_copy = row_copy == FACTOR_ROWS - 1;
  wire go = ~m_axis_tvalid | m_axis_tready;
  wire step = go & (~taken | s_axis_tvalid);

  assign s_axis_tready = go & taken;
  assign m_axis_tdata = pixel;

  always @(posedge aclk) begin
    if (~aresetn) begin
      column <= 0;
      row_copy <= 0;
      column_copy <= 0;
      m_axis_tvalid <= 1'b0;
    end else begin
      if (go) begin
        m_axis_tvalid <= step;
      end
      if (step) begin
        column_copy <= last_copy ? 0 : column_copy + 1'b1;
        if (last_copy) begin
          column <= last_column ? 0 : column + 1'b1;
          if (last_column) begin
            row_copy <= last_row_copy ? 0 : row_copy + 1'b1;
          end
        end
      end
    end
    if (step) begin
      pixel <= taken ? s_axis_tdata : memory[column];
      if (taken) begin
        memory[column] <= s_axis_tdata;
      end
    end
  end
endmodule
