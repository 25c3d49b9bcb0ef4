package io.fixlane.network.plan;

import io.fixlane.network.layer.Layer;
import io.fixlane.network.plan.PlannedLayer.Branches;
import io.fixlane.network.plan.PlannedLayer.Single;
import io.fixlane.network.plan.PlannedLayer.View;

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
          line(inner, "body");
          layers(branches.body(), inner + "  ");
          line(inner, branches.shortcut().layers().isEmpty() ? "shortcut: the input" : "shortcut");
          layers(branches.shortcut(), inner + "  ");
          kernel(inner, branches.joined().isEmpty()
              ? branches.sum().plan().explain()
              : branches.body().layers().getLast().layer().name() + " adds the shortcut");
        }
      }
    }
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
