// The pixels under a kernel, for each of its places, from the rows of an image.
//
// The image is scanned with its padding, ROWS x COLUMNS, a pixel a clock; a pixel of the padding is
// PADDING, and BEYOND from row PADDED_ROWS and column PADDED_COLUMNS on. The last rows are kept in
// line buffers. At each place a vector of KERNEL_ROWS x KERNEL_COLUMNS pixels goes out, row by row,
// the first tap in the lowest bits.
module fixlane_window #(
  parameter BITS = 8,
  parameter IMAGE_ROWS = 4,
  parameter IMAGE_COLUMNS = 4,
  parameter PADDING_ROWS = 0,
  parameter PADDING_COLUMNS = 0,
  parameter PADDED_ROWS = 4,
  parameter PADDED_COLUMNS = 4,
  parameter ROWS = 4,
  parameter COLUMNS = 4,
  parameter KERNEL_ROWS = 3,
  parameter KERNEL_COLUMNS = 3,
  parameter STRIDE_ROWS = 1,
  parameter STRIDE_COLUMNS = 1,
  parameter DILATION_ROWS = 1,
  parameter DILATION_COLUMNS = 1,
  parameter [BITS-1:0] PADDING = 0,
  parameter [BITS-1:0] BEYOND = 0
) (
  input wire aclk,
  input wire aresetn,
  input wire [BITS-1:0] s_axis_tdata,
  input wire s_axis_tvalid,
  output wire s_axis_tready,
  output wire [KERNEL_ROWS*KERNEL_COLUMNS*BITS-1:0] m_axis_tdata,
  output reg m_axis_tvalid,
  input wire m_axis_tready
);
  localparam REACH_ROWS = (KERNEL_ROWS - 1) * DILATION_ROWS + 1;
  localparam REACH_COLUMNS = (KERNEL_COLUMNS - 1) * DILATION_COLUMNS + 1;
  localparam ROW_BITS = $clog2(ROWS + STRIDE_ROWS + 1);
  localparam COLUMN_BITS = $clog2(COLUMNS + STRIDE_COLUMNS + 1);

  reg [ROW_BITS-1:0] row;
  reg [COLUMN_BITS-1:0] column;
  // Rows and columns until the next place of the kernel.
  reg [ROW_BITS-1:0] rows_left;
  reg [COLUMN_BITS-1:0] columns_left;

  wire in_image = row >= PADDING_ROWS && row < PADDING_ROWS + IMAGE_ROWS
      && column >= PADDING_COLUMNS && column < PADDING_COLUMNS + IMAGE_COLUMNS;
  wire padded = row < PADDED_ROWS && column < PADDED_COLUMNS;
  wire [BITS-1:0] pixel = in_image ? s_axis_tdata : padded ? PADDING : BEYOND;

  wire go = ~m_axis_tvalid | m_axis_tready;
  wire step = go & (~in_image | s_axis_tvalid);
  assign s_axis_tready = go & in_image;

  wire last_column = column == COLUMNS - 1;
  wire last_row = row == ROWS - 1;
  wire place = rows_left == 0 && columns_left == 0;

  always @(posedge aclk) begin
    if (~aresetn) begin
      row <= 0;
      column <= 0;
      rows_left <= REACH_ROWS - 1;
      columns_left <= REACH_COLUMNS - 1;
      m_axis_tvalid <= 1'b0;
    end else begin
      if (go) begin
        m_axis_tvalid <= step & place;
      end
      if (step) begin
        column <= last_column ? 0 : column + 1'b1;
        columns_left <= last_column ? REACH_COLUMNS - 1
            : columns_left == 0 ? STRIDE_COLUMNS - 1 : columns_left - 1'b1;
        if (last_column) begin
          row <= last_row ? 0 : row + 1'b1;
          rows_left <= last_row ? REACH_ROWS - 1
              : rows_left == 0 ? STRIDE_ROWS - 1 : rows_left - 1'b1;
        end
      end
    end
  end

  // The pixels of this column, from this row up.
  wire [REACH_ROWS*BITS-1:0] above;
  assign above[BITS-1:0] = pixel;

  genvar i;
  genvar j;
  generate
    for (i = 1; i < REACH_ROWS; i = i + 1) begin : line
      reg [BITS-1:0] memory [0:COLUMNS-1];
      assign above[i*BITS +: BITS] = memory[column];
      always @(posedge aclk) begin
        if (step) begin
          memory[column] <= above[(i-1)*BITS +: BITS];
        end
      end
    end
    for (i = 0; i < KERNEL_ROWS; i = i + 1) begin : taps
      reg [REACH_COLUMNS*BITS-1:0] pixels;
      wire [(REACH_COLUMNS+1)*BITS-1:0] moved =
          {pixels, above[(KERNEL_ROWS-1-i)*DILATION_ROWS*BITS +: BITS]};
      always @(posedge aclk) begin
        if (step) begin
          pixels <= moved[REACH_COLUMNS*BITS-1:0];
        end
      end
      for (j = 0; j < KERNEL_COLUMNS; j = j + 1) begin : tap
        assign m_axis_tdata[(i*KERNEL_COLUMNS+j)*BITS +: BITS] =
            pixels[(KERNEL_COLUMNS-1-j)*DILATION_COLUMNS*BITS +: BITS];
      end
    end
  endgenerate
endmodule
