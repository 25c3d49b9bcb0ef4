package io.fixlane.hardware.verilog;

import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.VerilogOptions;
import io.fixlane.hardware.circuit.Cost;
import io.fixlane.hardware.graph.Graph;
import io.fixlane.hardware.graph.Node;
import io.fixlane.hardware.verilog.Wiring.Edge;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/** A network as modules. */
public final class Design {
  private final String name;
  private final Network network;
  private final VerilogOptions options;
  private final Wiring wiring;
  private final List<LayerDesign> layers = new ArrayList<>();
  private final List<LayerCost> costs = new ArrayList<>();
  private final Timing timing;

  /**
   * What a layer takes, by estimate.
   *
   * @param path the layer's name, with the blocks that it is in
   * @param module its module
   * @param weightBits the bits of its weights
   * @param adders the adders of sums
   * @param luts look-up tables of six inputs
   * @param multipliers multipliers
   * @param registers flip-flops
   */
  public record LayerCost(String path, String module, long weightBits, int adders, long luts,
      int multipliers, long registers) {}

  /**
   * Makes the modules of a network.
   *
   * @param name the name of the module that has all others
   * @throws HardwareException if it would take more than the limit
   */
  public Design(Network network, String name, VerilogOptions options) throws HardwareException {
    this.name = name;
    this.network = network;
    this.options = options;
    this.wiring = Wiring.of(Graph.of(network));
    for (Node node : wiring.graph().nodes()) {
      LayerDesign layer = LayerDesign.of(wiring.graph(), node, options);
      LayerCost cost = cost(layer);
      if (cost.luts() > options.limit()) {
        throw Build.tooLarge(node.path(), cost.luts(), options.limit());
      }
      layers.add(layer);
      costs.add(cost);
    }
    this.timing = Timing.of(wiring, layers);
    for (Edge edge : wiring.edges()) {
      if (wiring.isBuffered(edge)) {
        costs.set(edge.node(), buffered(costs.get(edge.node()), edge));
      }
    }
    requireLimit();
  }

  private LayerCost cost(LayerDesign layer) {
    Cost circuit = Cost.of(layer.circuit(), layer.schedule());
    FrontCost front = FrontCost.of(layer.front());
    return new LayerCost(layer.node().path(), module(layer), WeightBits.of(layer.node().layer()),
        circuit.adders(), circuit.luts() + front.luts(),
        circuit.multipliers(), circuit.registers() + front.registers());
  }

  private String module(LayerDesign layer) {
    return name + "_" + layer.node().identifier();
  }

  private LayerCost buffered(LayerCost cost, Edge edge) {
    int bits = LayerDesign.pixelBits(wiring.graph().type(edge.source()));
    long memory = FrontCost.memory(bits, timing.depths().get(edge));
    return new LayerCost(cost.path(), cost.module(), cost.weightBits(), cost.adders(),
        cost.luts() + memory, cost.multipliers(),
        cost.registers());
  }

  private void requireLimit() throws HardwareException {
    long luts = costs.stream().mapToLong(LayerCost::luts).sum();
    if (luts > options.limit()) {
      throw new HardwareException(String.format(Locale.ROOT,
          "the network needs about %,d LUTs: over the limit of %,d", luts, options.limit()));
    }
  }

  /** Returns what each layer takes, in the order of computation. */
  public List<LayerCost> costs() {
    return List.copyOf(costs);
  }

  /** Returns the clocks from a sample's first vector in to its last out. */
  public int latency() {
    return timing.latency();
  }

  /** Returns the clocks from one sample's last vector out to the next one's. */
  public int interval() {
    return timing.interval();
  }

  /** Returns the text of each file of the project by its path. */
  public SequencedMap<String, String> files() {
    SequencedMap<String, String> files = new LinkedHashMap<>();
    Set<String> library = new TreeSet<>();
    List<String> sources = new ArrayList<>();
    files.put("rtl/" + name + ".v", TopModule.of(name, wiring, layers, timing));
    for (LayerDesign layer : layers) {
      LayerModule module = LayerModule.of(module(layer), layer);
      files.put("rtl/" + module.name() + ".v", module.text());
      library.addAll(module.library());
    }
    if (wiring.graph().nodes().stream().anyMatch(node -> node.sources().size() > 1)) {
      library.addAll(List.of("fixlane_fork", "fixlane_fifo"));
    }
    library.forEach(module -> files.put("rtl/" + module + ".v", Library.module(module)));
    sources.addAll(files.sequencedKeySet());
    files.put("sim/fixlane_check.v", Library.template("sim/fixlane_check.v"));
    files.put("sim/" + name + "_bench.v",
        new TestBench(name, wiring.graph(), options.samples(), timing).text());
    data(files);
    files.put("Makefile", Library.template("sim/Makefile").replace("@NAME@", name)
        .replace("@SOURCES@", String.join(" \\\n  ", sources)));
    return files;
  }

  private void data(SequencedMap<String, String> files) {
    Graph graph = wiring.graph();
    FixedTensor samples = Data.samples(graph.input(), options.samples());
    files.put(TestBench.DATA + "input.hex", Data.text(samples, graph.input()));
    SequencedMap<String, FixedTensor> words = network.trace(samples);
    for (Node node : graph.nodes()) {
      files.put(TestBench.file(node), Data.text(words.get(node.path()), node.result()));
    }
  }
}
