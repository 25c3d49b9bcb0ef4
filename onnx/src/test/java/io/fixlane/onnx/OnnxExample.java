package io.fixlane.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.fixed.Qfx;
import io.fixlane.autograd.fixed.QfxOptions;
import io.fixlane.autograd.fixed.StartRule;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the documentation: a model read, cast into fixed point, and written again. */
class OnnxExample {
  @TempDir
  private Path folder;

  private Path model() throws IOException {
    ModelBuilder model = new ModelBuilder(17, 1, -1, 1, 4, 4);
    model.with("Conv", model.weights(2, 1, 3, 3), model.weights(2)).then("Relu").then("Flatten")
        .with("Gemm", model.weights(8, 3), model.weights(3));
    return Files.write(folder.resolve("model.onnx"), model.model().build().toByteArray());
  }

  @Test
  void read() throws IOException, OnnxException {
    Path model = model();
    Path words = folder.resolve("words.onnx");
    // @start region="read"
    Sequential floats = Onnx.readFloat(model);
    // Words of 6 bits, with the binary points that a batch of images asks for.
    Sequential fixed = Qfx.convert(floats, QfxOptions.bits(6));
    Tensor images = Tensor.of(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 2, 1, 0},
        1, 4, 4, 1);
    Qfx.calibrate(fixed, images, new StartRule.Maximum());
    Network network = Qfx.deploy(fixed, 4, 4, 1);

    // The same words in any tool that runs ONNX.
    Onnx.write(network, words);
    // @end
    // @start region="graph"
    OnnxGraph graph = Onnx.readGraph(model);
    assertThat(graph.inputShape()).containsExactly(OnnxGraph.UNKNOWN, 1L, 4L, 4L);
    assertThat(graph.nodes().stream().map(OnnxGraph.Node::operator))
        .containsExactly("Conv", "Relu", "Flatten", "Gemm");
    OnnxGraph.Constant kernel = graph.constants().getFirst();
    assertThat(kernel.shape()).containsExactly(2, 1, 3, 3);
    // @end
    assertThat(kernel.integers()).isFalse();
    assertThat(kernel.min()).isLessThan(kernel.max());
    assertThat(graph.constants()).hasSize(4);
    assertThat(Onnx.readGraph(words).constants().stream().filter(OnnxGraph.Constant::integers))
        .isNotEmpty();
    assertThat(network.layerNames()).containsExactly("conv1", "flatten1", "linear1");
    assertThat(words).exists();
  }
}
