// Compares what goes over a stream with the words of a file, and holds the stream to the rule that
// what is offered stays until it is taken. It only looks on.
module fixlane_check #(
  parameter BITS = 8,
  parameter WORD_BITS = 8,
  parameter VECTORS = 1,
  parameter FILE = "",
  parameter STREAM = ""
) (
  input wire aclk,
  input wire aresetn,
  input wire [BITS-1:0] tdata,
  input wire tvalid,
  input wire tready,
  output reg [31:0] count,
  output reg [31:0] errors
);
  localparam WORDS = BITS / WORD_BITS;
  localparam MOST_MESSAGES = 10;

  reg [BITS-1:0] expected [0:VECTORS-1];
  reg [BITS-1:0] vector;
  reg waits;
  reg [BITS-1:0] earlier;
  integer word;

  initial begin
    $readmemh(FILE, expected);
    count = 0;
    errors = 0;
    waits = 0;
  end

  task wrong;
    begin
      errors = errors + 1;
    end
  endtask

  always @(posedge aclk) begin
    if (~aresetn) begin
      count = 0;
      waits = 0;
    end else begin
      if (tvalid === 1'bx) begin
        wrong;
        $display("FAIL %0s: tvalid is unknown", STREAM);
      end
      if (waits && (tvalid !== 1'b1 || tdata !== earlier)) begin
        wrong;
        $display("FAIL %0s: vector %0d changed before it was taken", STREAM, count);
      end
      waits = tvalid && !tready;
      earlier = tdata;
      if (tvalid && tready) begin
        if (count >= VECTORS) begin
          wrong;
          $display("FAIL %0s: there are more than %0d vectors", STREAM, VECTORS);
        end else if (tdata !== expected[count]) begin
          vector = expected[count];
          for (word = 0; word < WORDS; word = word + 1) begin
            if (tdata[word*WORD_BITS +: WORD_BITS] !== vector[word*WORD_BITS +: WORD_BITS]) begin
              wrong;
              if (errors <= MOST_MESSAGES) begin
                $display("FAIL %0s: vector %0d, word %0d is %0h, not %0h", STREAM, count, word,
                    tdata[word*WORD_BITS +: WORD_BITS], vector[word*WORD_BITS +: WORD_BITS]);
              end
            end
          end
        end
        count = count + 1;
      end
    end
  end
endmodule
