package io.fixlane.hardware.verilog;

import io.fixlane.hardware.graph.Graph;
import io.fixlane.hardware.graph.Node;
import io.fixlane.hardware.verilog.Wiring.Edge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many clocks a network takes, counted clock by clock over the handshakes of its modules while
 * pixels always come and results are always taken.
 *
 * @param latency the clocks from the first pixel of a sample that goes in to the last that comes
 *     out, in an empty network
 * @param interval the clocks from one sample's last pixel to the next one's, once the network is
 *     full
 * @param idle the clocks after which a network is at rest that nothing comes to: what is scanned of
 *     padding before the first pixel is scanned then
 * @param depths how many vectors the memory on an edge holds
 */
record Timing(int latency, int interval, int idle, Map<Edge, Integer> depths) {
  /** As many clocks without a vector in or out as no network of sense has. */
  private static final int STUCK = 100_000_000;
  /** The samples after which the interval is taken to be what it stays. */
  static final int SAMPLES = 4;

  /**
   * Counts the clocks of a network. The memories where branches meet hold what came to lie there
   * while one sample went through without ever waiting for room, and besides as much as all
   * registers of the branches: then no sample waits for room that never comes, however its pixels
   * come and are taken.
   */
  static Timing of(Wiring wiring, List<LayerDesign> designs) {
    Map<Edge, Integer> boundless = new HashMap<>();
    for (Edge edge : wiring.edges()) {
      if (wiring.isBuffered(edge)) {
        boundless.put(edge, Integer.MAX_VALUE);
      }
    }
    int idle = designs.stream().mapToInt(design -> padding(design.front())).max().orElse(0) + 1;
    Run free = new Run(wiring, designs, boundless);
    free.run(1, idle);
    Map<Edge, Integer> depths = new HashMap<>();
    for (Edge edge : wiring.edges()) {
      if (wiring.isBuffered(edge)) {
        int inside = inside(wiring, designs, depths, edge.node());
        depths.put(edge, free.fifos.get(edge).most() + inside + 1);
      }
    }
    List<Integer> ends = new Run(wiring, designs, depths).run(SAMPLES, idle);
    return new Timing(ends.getFirst(), ends.get(SAMPLES - 1) - ends.get(SAMPLES - 2), idle,
        Map.copyOf(depths));
  }

  /** Returns how many pixels of padding come before the first of an image. */
  private static int padding(Front front) {
    return front instanceof Front.Windowed windowed
        ? windowed.window().paddingTop() * windowed.columns() + windowed.window().paddingLeft()
        : 0;
  }

  /** Returns how many vectors the modules inside of a block hold. */
  private static int inside(
      Wiring wiring, List<LayerDesign> designs, Map<Edge, Integer> depths, int sum) {
    List<Node> nodes = wiring.graph().nodes();
    String block = nodes.get(sum).path() + " > ";
    int held = 0;
    for (LayerDesign design : designs) {
      held += design.node().path().startsWith(block) ? design.schedule().latency() + 1 : 0;
    }
    for (Map.Entry<Edge, Integer> depth : depths.entrySet()) {
      boolean isInside = nodes.get(depth.getKey().node()).path().startsWith(block);
      held += isInside ? depth.getValue() : 0;
    }
    return held;
  }

  /** The modules of a network while clocks go by. */
  private static final class Run {
    private final Map<Edge, ClockedFifo> fifos = new HashMap<>();
    private final List<Clocked> modules = new ArrayList<>();
    private final Stream input = new Stream();
    private final Stream output;
    private final int pixels;
    private final int results;

    Run(Wiring wiring, List<LayerDesign> designs, Map<Edge, Integer> depths) {
      Graph graph = wiring.graph();
      Map<Integer, List<Stream>> readers = new HashMap<>();
      readers.put(Node.INPUT, fork(input, graph.readers(Node.INPUT)));
      Stream result = input;
      for (int place = 0; place < designs.size(); place++) {
        List<Stream> inputs = new ArrayList<>();
        for (Edge edge : wiring.to(place)) {
          Stream stream = readers.get(edge.source()).get(edge.reader());
          if (wiring.isBuffered(edge)) {
            Stream behind = new Stream();
            ClockedFifo fifo = new ClockedFifo(stream, behind, depths.get(edge));
            fifos.put(edge, fifo);
            modules.add(fifo);
            stream = behind;
          }
          inputs.add(stream);
        }
        result = new Stream();
        modules.add(new ClockedLayer(designs.get(place), inputs, result));
        readers.put(place, fork(result, graph.readers(place)));
      }
      this.output = result;
      this.pixels = LayerDesign.pixels(graph.input());
      this.results = LayerDesign.pixels(graph.nodes().getLast().result());
    }

    private List<Stream> fork(Stream stream, int readers) {
      if (readers == 1) {
        return List.of(stream);
      }
      List<Stream> streams = new ArrayList<>();
      for (int i = 0; i < readers; i++) {
        streams.add(new Stream());
      }
      modules.add(new ClockedFork(stream, streams));
      return streams;
    }

    /** Returns the clocks in which samples end, since that in which the first begins. */
    List<Integer> run(int samples, int idle) {
      List<Integer> ends = new ArrayList<>();
      int sent = 0;
      int received = 0;
      int begin = 0;
      int moved = idle;
      for (int clock = 0; ends.size() < samples; clock++) {
        input.valid = clock >= idle && sent < samples * pixels;
        modules.forEach(Clocked::offer);
        output.ready = true;
        modules.reversed().forEach(Clocked::accept);
        if (input.moves()) {
          begin = sent == 0 ? clock : begin;
          sent++;
        }
        if (output.moves()) {
          received++;
          if (received % results == 0) {
            ends.add(clock - begin);
          }
        }
        moved = input.moves() || output.moves() ? clock : moved;
        if (clock - moved > STUCK) {
          throw new IllegalStateException("no vector moves any more after clock " + moved);
        }
        modules.forEach(Clocked::step);
      }
      return ends;
    }
  }
}
