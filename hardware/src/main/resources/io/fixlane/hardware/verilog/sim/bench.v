// The test bench of @NAME@: @SAMPLES@ samples at full speed, and then twice with random pauses
// of what comes in and of who takes what goes out. It prints PASS, or lines that begin with FAIL.
module @NAME@_bench;
  localparam SAMPLES = @SAMPLES@;
  localparam INPUT_VECTORS = @INPUT_VECTORS@;
  localparam OUTPUT_VECTORS = @OUTPUT_VECTORS@;
  // From a sample's first vector in to its last out, and from one sample's last to the next one's.
  localparam LATENCY = @LATENCY@;
  localparam INTERVAL = @INTERVAL@;
  // The clocks after which a network is at rest that nothing comes to.
  localparam IDLE = @IDLE@;
  localparam MEASURED_SAMPLES = @MEASURED_SAMPLES@;
  // Clocks without a vector in or out, after which none is expected any more.
  localparam PATIENCE = 1000 + IDLE + 40 * LATENCY;
  localparam RUNS = 3;

  reg aclk = 1'b0;
  reg aresetn = 1'b0;
  always #5 aclk = ~aclk;

  reg @INPUT_RANGE@ inputs [0:SAMPLES*INPUT_VECTORS-1];
  initial $readmemh("@INPUT_FILE@", inputs);

  reg [31:0] sent;
  reg offered;
  reg m_axis_tready;
  wire s_axis_tvalid = offered && sent < SAMPLES * INPUT_VECTORS;
  wire @INPUT_RANGE@ s_axis_tdata = inputs[sent];
  wire s_axis_tready;
  wire @OUTPUT_RANGE@ m_axis_tdata;
  wire m_axis_tvalid;

  @NAME@ dut (
    .aclk(aclk),
    .aresetn(aresetn),
    .s_axis_tdata(s_axis_tdata),
    .s_axis_tvalid(s_axis_tvalid),
    .s_axis_tready(s_axis_tready),
    .m_axis_tdata(m_axis_tdata),
    .m_axis_tvalid(m_axis_tvalid),
    .m_axis_tready(m_axis_tready)
  );

@CHECKS@
  wire done = @DONE@;
  wire [31:0] errors = @ERRORS@;

  integer run = 0;
  integer others = 0;
  reg [31:0] seed = 1;
  // How often each side pauses in a run: never, of four clocks one, of four clocks three.
  reg [31:0] draw;
  integer clock = 0;
  integer begun = 0;
  integer quiet = 0;
  integer received = 0;
  integer end_before = 0;
  integer end_last = 0;
  integer settle = 0;

  always @(posedge aclk) begin
    draw = $random(seed);
    if (~aresetn) begin
      sent <= 0;
      offered <= 1'b0;
      m_axis_tready <= 1'b0;
      clock = 0;
      received = 0;
      quiet = 0;
    end else begin
      clock = clock + 1;
      quiet = quiet + 1;
      if (s_axis_tvalid && s_axis_tready) begin
        if (sent == 0) begin
          begun = clock;
        end
        sent <= sent + 1;
        quiet = 0;
      end
      if (m_axis_tvalid && m_axis_tready) begin
        received = received + 1;
        quiet = 0;
        if (received == OUTPUT_VECTORS && run == 0 && clock - begun != LATENCY) begin
          others = others + 1;
          $display("FAIL latency is %0d clocks, not %0d", clock - begun, LATENCY);
        end
        if (received % OUTPUT_VECTORS == 0) begin
          end_before = end_last;
          end_last = clock;
          if (received == MEASURED_SAMPLES * OUTPUT_VECTORS && run == 0
              && end_last - end_before != INTERVAL) begin
            others = others + 1;
            $display("FAIL interval is %0d clocks, not %0d", end_last - end_before, INTERVAL);
          end
        end
      end
      // What is offered stays offered until it is taken.
      offered <= clock > IDLE && ((s_axis_tvalid && !s_axis_tready) || run == 0
          || (run == 1 ? draw[1:0] != 0 : draw[1:0] == 0));
      m_axis_tready <= run == 0 || (run == 1 ? draw[9:8] == 0 : draw[9:8] != 0);
    end
  end

  initial begin
    for (run = 0; run < RUNS; run = run + 1) begin
      aresetn = 1'b0;
      repeat (4) @(negedge aclk);
      aresetn = 1'b1;
      settle = 0;
      // Vectors that should not be there would come within a few clocks of the last one.
      while (settle < 20 && quiet < PATIENCE) begin
        @(negedge aclk);
        settle = done ? settle + 1 : 0;
      end
      if (!done) begin
        others = others + 1;
        $display("FAIL run %0d: %0d of %0d vectors came out", run, received,
            SAMPLES * OUTPUT_VECTORS);
      end
    end
    if (errors == 0 && others == 0) begin
      $display("PASS %0d samples in %0d runs, every word of %0d layers; latency %0d clocks, interval %0d clocks",
          SAMPLES, RUNS, @LAYERS@, LATENCY, INTERVAL);
    end else begin
      $display("FAIL %0d words or clocks are others", errors + others);
    end
    $finish;
  end
endmodule
