package io.fixlane.network.plan;

import io.fixlane.network.layer.BlockLayer;
import io.fixlane.network.layer.BlockLayer.Branch;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.plan.PlannedLayer.Branches;
import io.fixlane.network.plan.PlannedLayer.Single;
import io.fixlane.network.plan.PlannedLayer.View;
import java.util.List;

/** The text of a network. */
public final class Explanation {
  private final StringBuilder text = new StringBuilder();
  private final boolean kernels;

  private Explanation(boolean kernels) {
    this.kernels = kernels;
  }

  /** Returns the layers with formats, shapes, costs and kernels. */
  public static String of(Chain chain, int samplesAtOnce) {
    String summary = new Explanation(true).network(chain);
    return summary + "\nat once  " + samplesAtOnce
        + (samplesAtOnce == 1 ? " sample" : " samples");
  }

  /** Returns the layers with formats and shapes. */
  public static String summary(Chain chain) {
    return new Explanation(false).network(chain);
  }

  private String network(Chain chain) {
    text.append("input  ").append(chain.input());
    layers(chain, "");
    return text.append("\ntotal  ").append(chain.cost()).toString();
  }

  private void layers(Chain chain, String indent) {
    for (PlannedLayer planned : chain.layers()) {
      Layer layer = planned.layer();
      text.append('\n').append(indent).append(layer.name()).append("  ").append(LayerText.of(layer))
          .append(" -> ").append(planned.result());
      String inner = indent + "  ";
      if (kernels && !planned.cost().equals(Costs.NONE)) {
        line(inner, planned.cost().toString());
      }
      switch (planned.kernel()) {
        case View _ -> {
        }
        case Single single -> kernel(inner, single.explanation().get());
        case Branches branches -> {
          List<Branch> described = ((BlockLayer) layer).branches();
          branch(described.getFirst(), branches.first(), inner);
          branch(described.getLast(), branches.second(), inner);
          kernel(inner, branches.joined().isEmpty()
              ? branches.meeting().explain()
              : branches.first().layers().getLast().layer().name() + " adds the shortcut");
        }
      }
    }
  }

  private void branch(Branch described, Chain chain, String indent) {
    line(indent, described.role() + (chain.layers().isEmpty() ? ": the input" : ""));
    layers(chain, indent + "  ");
  }

  private void kernel(String indent, String explanation) {
    if (kernels) {
      explanation.lines().forEach(line -> line(indent, line));
    }
  }

  private void line(String indent, String line) {
    text.append('\n').append(indent).append(line);
  }
}
