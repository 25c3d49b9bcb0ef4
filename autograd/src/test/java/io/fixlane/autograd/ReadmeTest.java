package io.fixlane.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.data.Dataset;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.fixed.FixedWords;
import io.fixlane.autograd.fixed.Qfx;
import io.fixlane.autograd.fixed.QfxOptions;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.models.Model;
import io.fixlane.autograd.optim.Adam;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.train.Trainer;
import io.fixlane.autograd.train.TrainingPlan;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The training in docs/training.md stands there as it is here, and prints what is said there. */
class ReadmeTest {
  private static final Path SOURCE = Path.of("src/test/java/io/fixlane/autograd/ReadmeTest.java");

  private final StringBuilder printed = new StringBuilder();

  @Test
  void theTrainingPrintsWhatThePageSays() throws IOException {
    // @start region="readme"
    DataSplit digits = Digits.readSplit();
    TrainingPlan plan = TrainingPlan.ofEpochs(5).withBatchSize(32);
    Sequential floats = Model.CNN.build(digits.train().imageShape(), 10, 1);
    Adam adam = new Adam(ParameterGroup.of(floats.parameters(), 0.003f));
    new Trainer(floats, adam, plan).train(digits);

    // The same network in words of 4 bits, where each binary point is learned with the weights.
    Sequential network = Qfx.convert(floats, QfxOptions.bits(4).learnBinaryPoints());
    ParameterGroup weights = ParameterGroup.of(Qfx.weights(network), 0.001f);
    ParameterGroup points = ParameterGroup.of(Qfx.integerBits(network), 0.01f);
    new Trainer(network, new Adam(weights, points), plan).train(digits);

    // The network of integers gives every word of the training network, on every test image.
    Network deployed = Qfx.deploy(network, 8, 8, 1);
    Dataset test = digits.test();
    Tensor images = Tensor.of(test.images(), test.size(), 8, 8, 1);
    Tensor expected = network.forward(Tape.evaluating(Workers.SINGLE), images);
    FixedTensor words = deployed
        .run(FixedTensor.quantize(deployed.inputFormat(), test.images(), images.shape()));
    println(words.contentEquals(FixedWords.of(expected)));
    // @end
    assertThat(Files.readString(Path.of("..", "docs", "training.md")))
        .contains("```java\n" + region() + "```\n\nprints `" + printed.toString().strip() + "`");
  }

  private void println(Object object) {
    printed.append(object).append('\n');
  }

  private static String region() throws IOException {
    return Files.readAllLines(SOURCE).stream()
        .dropWhile(line -> !line.contains("@start region="))
        .skip(1)
        .takeWhile(line -> !line.contains("// @end"))
        .map(line -> line.isEmpty()
            ? ""
            : line.substring(4).replace("println(", "System.out.println("))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
