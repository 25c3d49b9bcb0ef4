// How many of at most six bits are set.
(* keep_hierarchy = "yes" *)
module fixlane_count (
  input wire [5:0] a,
  output wire [2:0] y
);
  assign y = {2'b0, a[0]} + {2'b0, a[1]} + {2'b0, a[2]} + {2'b0, a[3]} + {2'b0, a[4]}
      + {2'b0, a[5]};
endmodule
