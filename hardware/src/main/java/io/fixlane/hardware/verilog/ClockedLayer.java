package io.fixlane.hardware.verilog;

import io.fixlane.hardware.verilog.Front.Accumulated;
import io.fixlane.hardware.verilog.Front.Direct;
import io.fixlane.hardware.verilog.Front.Gathered;
import io.fixlane.hardware.verilog.Front.Joined;
import io.fixlane.hardware.verilog.Front.Repeated;
import io.fixlane.hardware.verilog.Front.Windowed;
import io.fixlane.shape.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The handshakes of a layer's module. */
final class ClockedLayer implements Clocked {
  private final List<Stream> inputs;
  private final Stream output;
  private final boolean[] valid;
  /** What collects pixels before the pipeline; null where each goes into it. */
  private final @Nullable Collector collector;

  ClockedLayer(LayerDesign design, List<Stream> inputs, Stream output) {
    this.inputs = inputs;
    this.output = output;
    this.valid = new boolean[design.schedule().latency()];
    this.collector = switch (design.front()) {
      case Direct _,Joined _ -> null;
      case Gathered gathered -> new Collector(new Counter(gathered.pixels()));
      case Accumulated sums -> new Collector(new Counter(sums.pixels()));
      case Repeated repeated -> new Collector(new Repetition(repeated));
      case Windowed windowed -> new Collector(new Scan(windowed));
    };
  }

  /** Which pixels of a scan come from the stream, and behind which a vector is whole. */
  private interface Position {
    boolean takes();

    boolean completes();

    void next();
  }

  /** All pixels of a sample, one after the other. */
  private static final class Counter implements Position {
    private final int pixels;
    private int count;

    Counter(int pixels) {
      this.pixels = pixels;
    }

    @Override
    public boolean takes() {
      return true;
    }

    @Override
    public boolean completes() {
      return count == pixels - 1;
    }

    @Override
    public void next() {
      count = (count + 1) % pixels;
    }
  }

  /** The pixels of an image, each as often as it is repeated. */
  private static final class Repetition implements Position {
    private final Repeated front;
    private int row;
    private int column;

    Repetition(Repeated front) {
      this.front = front;
    }

    @Override
    public boolean takes() {
      return row == 0 && column % front.factorX() == 0;
    }

    @Override
    public boolean completes() {
      return true;
    }

    @Override
    public void next() {
      column++;
      if (column == front.columns() * front.factorX()) {
        column = 0;
        row = (row + 1) % front.factorY();
      }
    }
  }

  /** The pixels of an image and its padding. */
  private static final class Scan implements Position {
    private final Windowed front;
    private int row;
    private int column;

    Scan(Windowed front) {
      this.front = front;
    }

    @Override
    public boolean takes() {
      return front.image().contains(
          row - front.window().paddingTop(), column - front.window().paddingLeft());
    }

    @Override
    public boolean completes() {
      Window window = front.window();
      return isPlace(row - (window.kernelHeight() - 1) * window.dilationY(), window.strideY())
          && isPlace(column - (window.kernelWidth() - 1) * window.dilationX(), window.strideX());
    }

    private static boolean isPlace(int first, int stride) {
      return first >= 0 && first % stride == 0;
    }

    @Override
    public void next() {
      column++;
      if (column == front.columns()) {
        column = 0;
        row = (row + 1) % front.rows();
      }
    }
  }

  /** A position, and whether a whole vector waits. */
  private static final class Collector {
    private final Position position;
    private boolean whole;

    Collector(Position position) {
      this.position = position;
    }
  }

  @Override
  public void offer() {
    output.valid = valid[valid.length - 1];
  }

  private boolean goes() {
    return !output.valid || output.ready;
  }

  private boolean collects() {
    return collector != null && (!collector.whole || goes());
  }

  @Override
  public void accept() {
    if (collector != null) {
      inputs.getFirst().ready = collects() && collector.position.takes();
      return;
    }
    boolean all = inputs.stream().allMatch(input -> input.valid);
    for (Stream input : inputs) {
      input.ready = goes() && (all || inputs.size() == 1);
    }
  }

  @Override
  public void step() {
    boolean goes = goes();
    boolean collects = collects();
    if (goes) {
      System.arraycopy(valid, 0, valid, 1, valid.length - 1);
      valid[0] = collector == null
          ? inputs.stream().allMatch(input -> input.valid)
          : collector.whole;
    }
    if (collector != null && collects) {
      boolean steps = !collector.position.takes() || inputs.getFirst().valid;
      collector.whole = steps && collector.position.completes();
      if (steps) {
        collector.position.next();
      }
    }
  }
}
