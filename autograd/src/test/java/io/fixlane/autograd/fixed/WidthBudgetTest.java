package io.fixlane.autograd.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.models.Model;
import io.fixlane.format.FixedFormat;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;

/** Widths that are learned: their gradients, what they cost, and the network that is deployed. */
class WidthBudgetTest {
  private static final int[] DIGIT = {8, 8, 1};
  private static final double LN2 = Math.log(2);

  @Nested
  class Examples extends WidthBudgetExample {}

  private static TrainableFormat learned(String format) {
    return TrainableFormat.learned(FixedFormat.parse(format), new StartRule.Given())
        .learnWidth(1);
  }

  /**
   * With I as it is, a bit more halves the step: q moves towards x by ln2 of what it is off by, and
   * the end of a range that is a step short of a power of two moves by ln2 of that step.
   */
  @Example
  void theGradientOfTheWidthIsThatOfTheStep() {
    assertWidthGradient("ap_fixed<4,2,AP_RND_CONV,AP_SAT>", 0.3f, LN2 * (0.3f - 0.25));
    assertWidthGradient("ap_fixed<4,2,AP_RND_CONV,AP_SAT>", 5, LN2 * 0.25);
    assertWidthGradient("ap_fixed<4,2,AP_RND_CONV,AP_SAT>", -5, 0);
    assertWidthGradient("ap_fixed<4,2,AP_RND_CONV,AP_SAT_SYM>", -5, LN2 * -0.25);
    assertWidthGradient("ap_ufixed<4,2,AP_RND_CONV,AP_SAT>", 5, LN2 * 0.25);
    assertWidthGradient("ap_ufixed<4,2,AP_RND_CONV,AP_SAT>", -5, 0);
  }

  private static void assertWidthGradient(String format, float x, double expected) {
    FixedCast cast = new FixedCast(learned(format));
    Tape tape = Tape.training(Workers.SINGLE);
    tape.backward(tape.sum(cast.forward(tape, Tensor.parameter(new float[] {x}, 1))));
    Tensor width = cast.parameters().get(FixedCast.WIDTH);
    assertThat((double) width.grad()[0]).as("%s of %s", format, x)
        .isCloseTo(expected, within(1e-6));
  }

  /** The same in the operation of batch normalisations, and channel by channel. */
  @Property(tries = 30)
  void allOperationsHaveTheSameGradient(@ForAll long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[40];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (2 * random.nextGaussian());
    }
    TrainableFormat format = learned("ap_fixed<5,2,AP_RND_CONV,AP_SAT>");
    FixedCast alone = new FixedCast(format);
    Tape tape = Tape.training(Workers.SINGLE);
    tape.backward(tape.sum(alone.forward(tape, Tensor.parameter(numbers.clone(), 40))));
    FixedCast byChannel = new FixedCast(format, 2);
    Tape other = Tape.training(Workers.SINGLE);
    other.backward(other.sum(byChannel.forward(other, Tensor.parameter(numbers.clone(), 20, 2))));
    float[] both = byChannel.parameters().get(FixedCast.WIDTH).grad();
    assertThat(both[0] + both[1])
        .isCloseTo(alone.parameters().get(FixedCast.WIDTH).grad()[0], within(1e-4f));
  }

  @Example
  void aWidthRoundsAndStaysInItsRange() {
    FixedCast cast = new FixedCast(learned("ap_fixed<8,2,AP_RND_CONV,AP_SAT>"));
    Tensor width = cast.parameters().get(FixedCast.WIDTH);
    for (float[] pair : new float[][] {{3.4f, 3}, {3.6f, 4}, {-1, 1}, {11, 8}}) {
      width.data()[0] = pair[0];
      assertThat(cast.format())
          .isEqualTo(FixedFormat.parse("ap_fixed<" + (int) pair[1] + ",2,AP_RND_CONV,AP_SAT>"));
    }
  }

  @Example
  void aChannelOfNoBitsVanishes() {
    FixedCast cast = new FixedCast(TrainableFormat.learned(
        FixedFormat.parse("ap_fixed<4,1,AP_RND_CONV,AP_SAT>"), new StartRule.Given())
        .learnWidth(0), 2);
    cast.parameters().get(FixedCast.WIDTH).data()[1] = 0.2f;
    Tensor x = Tensor.of(new float[] {0.5f, 0.5f, -0.25f, 0.75f}, 2, 2);
    Tensor q = cast.forward(Tape.evaluating(Workers.SINGLE), x);
    assertThat(q.data()).containsExactly(0.5f, 0, -0.25f, 0);
    assertThat(q.format()).hasToString("ap_fixed<4,1,AP_RND_CONV,AP_SAT>");
  }

  @Example
  void widthsAreLearnedBesideBinaryPointsWhereNothingWraps() {
    TrainableFormat pinned = TrainableFormat.pinned(FixedFormat.signed(4, 1));
    assertThatThrownBy(() -> pinned.learnWidth(1)).hasMessage("leastWidth is 1: W is learned where"
        + " I is, in formats that saturate, with N = 0; this one is ap_fixed<4,1>, I fixed");
    assertThatThrownBy(() -> learned("ap_fixed<4,1,AP_TRN,AP_WRAP>"))
        .hasMessageContaining("I learned");
    assertThatThrownBy(() -> learned("ap_fixed<4,1,AP_TRN,AP_SAT>").learnWidth(5))
        .hasMessage("leastWidth is 5: it must be in 0..4, the format's W");
  }

  private static Sequential network(Model model, boolean byChannel) {
    QfxOptions options = QfxOptions.bits(8).learnBinaryPoints();
    Sequential network = Qfx.convert(model.build(DIGIT, 10, 1),
        (byChannel ? options.withChannelPoints() : options).learnWidths());
    Qfx.calibrate(network, images(), new StartRule.LeastSquares());
    return network;
  }

  private static Tensor images() {
    return Digits.read().batch(0, 1, 2, 3, 4, 5, 6, 7, 8, 9).images();
  }

  /** 64 x 64 and 64 x 10 products, as the two dense layers have. */
  @Example
  void productsOfDenseLayersAreCounted() {
    BitCost cost = BitCost.of(network(Model.MLP, false), DIGIT);
    assertThat(cost.bits()).isEqualTo((64 * 64 + 64 * 10) * 64.0).isEqualTo(cost.uniform(8));
    assertThat(cost.uniformWidth()).isEqualTo(8);
  }

  /**
   * All products of the deployed network, and scales are products too: also those of batch
   * normalisations that become thresholds, between binary convolutions.
   */
  @Example
  void productsAreThoseOfTheDeployedNetwork() {
    for (Model model : Model.values()) {
      Sequential network = network(model, false);
      Network deployed = Qfx.deploy(network, DIGIT);
      int thresholds =
          model == Model.BINARY_VGG ? 8 * 8 * 32 + 4 * 4 * (64 + 64) + 2 * 2 * 128 : 0;
      assertThat(BitCost.of(network, DIGIT).uniform(1)).as(model.name())
          .isEqualTo(deployed.cost().multiplications() + thresholds);
    }
  }

  @Property(tries = 12)
  void aBudgetIsKeptAndTheNetworkDeploysWordForWord(@ForAll long seed,
      @ForAll @IntRange(min = 2, max = 7) int width, @ForAll boolean byChannel) {
    Model model = Model.values()[Math.floorMod(seed, Model.values().length)];
    Sequential network = network(model, byChannel);
    Random random = new Random(seed);
    Qfx.widths(network).values().forEach(widths -> {
      for (int c = 0; c < widths.size(); c++) {
        widths.data()[c] = 8 * random.nextFloat();
      }
    });
    BitCost cost = BitCost.of(network, DIGIT);
    double budget = cost.uniform(width);
    new WidthBudget(network, cost, budget).settle(images());
    assertThat(cost.bits()).isLessThanOrEqualTo(budget);
    Network deployed = Qfx.deploy(network, DIGIT);
    Tensor images = images();
    FixedTensor words = deployed.run(
        FixedTensor.quantize(deployed.inputFormat(), images.data(), images.shape()));
    Tensor logits = network.forward(Tape.evaluating(Workers.SINGLE), images);
    assertThat(words.contentEquals(FixedWords.of(logits))).as(model.name()).isTrue();
  }

  /** The penalty's gradient is its difference quotient, in every width. */
  @Example
  void thePullIsTheSlopeOfThePenalty() {
    Sequential network = network(Model.CNN, true);
    BitCost cost = BitCost.of(network, DIGIT);
    double budget = cost.uniform(4);
    WidthBudget pull = new WidthBudget(network, cost, budget);
    Tape tape = Tape.training(Workers.SINGLE);
    // Gradients of 0, for the pull to be added to.
    tape.backward(tape.sum(tape.multiply(network.forward(tape, images()), Tensor.of(
        new float[100], 10, 10))));
    Map<String, Tensor> widths = Qfx.widths(network);
    pull.addGradients();
    widths.forEach((path, width) -> {
      float before = width.data()[0];
      double low = penalty(cost, budget);
      width.data()[0] = before - 0.5f;
      double slope = (low - penalty(cost, budget)) / 0.5;
      width.data()[0] = before;
      assertThat((double) width.grad()[0]).as(path).isCloseTo(slope, within(0.05 * slope + 1e-6));
    });
  }

  private static double penalty(BitCost cost, double budget) {
    double over = Math.max(0, Math.log(cost.learnedBits() / budget));
    return WidthBudget.PRESSURE / 2 * over * over;
  }

  @Example
  void aBudgetMustReachTheNarrowestWords() {
    Sequential network = network(Model.MLP, false);
    BitCost cost = BitCost.of(network, DIGIT);
    assertThatThrownBy(() -> new WidthBudget(network, cost, 1)).hasMessage(
        "budget is 1.0: the narrowest words that may be learned cost 4736.0");
    Sequential fresh = Qfx.convert(Model.MLP.build(DIGIT, 10, 1), QfxOptions.bits(8));
    assertThatThrownBy(() -> BitCost.of(fresh, DIGIT))
        .hasMessage("cast input has no binary point yet: calibrate the network first");
  }
}
