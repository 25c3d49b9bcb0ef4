package io.fixlane.autograd.fixed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.data.Batches;
import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.models.Model;
import io.fixlane.autograd.optim.Adam;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.train.Trainer;
import io.fixlane.autograd.train.TrainingPlan;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** How widths are learned: the example of the documentation. */
class WidthBudgetExample {
  @Test
  void budget() throws IOException {
    DataSplit digits = Digits.readSplit();
    Sequential floats = Model.MLP.build(digits.train().imageShape(), 10, 1);
    // @start region="budget"
    // Words of at most 8 bits, which together cost as much as words of 3.
    Sequential network =
        Qfx.convert(floats, QfxOptions.bits(8).learnBinaryPoints().learnWidths());
    Qfx.calibrate(network, digits.train().batch(0, 1, 2, 3).images(), new StartRule.Maximum());
    BitCost cost = BitCost.of(network, 8, 8, 1);
    WidthBudget budget = new WidthBudget(network, cost, cost.uniform(3));

    ParameterGroup weights = ParameterGroup.of(Qfx.weights(network), 0.003f);
    ParameterGroup points = ParameterGroup.of(Qfx.integerBits(network), 0.01f);
    ParameterGroup widths = ParameterGroup
        .of(Qfx.widths(network), WidthBudget.learningRate(8, 10 * 23)).withRange(0, 8);
    new Trainer(network, new Adam(weights, points, widths), TrainingPlan.ofEpochs(10))
        .withPenalty(budget::addGradients).train(digits);
    budget.settle(Batches.inOrder(digits.train(), 256).get(0).images());
    // @end
    assertThat(cost.bits()).isLessThanOrEqualTo(cost.uniform(3));
    assertThat(cost.uniformWidth()).isLessThanOrEqualTo(3);
  }
}
