package io.fixlane.autograd.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.models.Model;
import io.fixlane.format.FixedFormat;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Weights of which each output channel has a binary point of its own. */
class ChannelPointsTest {
  private static final int[] DIGIT = {8, 8, 1};

  /** A cast by channel is a cast of each channel: numbers, gradients and I. */
  @Property(tries = 100)
  void castsEachChannelAsOnItsOwn(@ForAll @IntRange(min = 1, max = 8) int bits,
      @ForAll @IntRange(min = 2, max = 5) int channels, @ForAll long seed) {
    Random random = new Random(seed);
    TrainableFormat format = TrainableFormat.learned(
        FixedFormat.parse("ap_fixed<" + bits + ",1,AP_RND_CONV,AP_SAT>"),
        new StartRule.Percentile(80));
    int rows = 7;
    float[] numbers = new float[rows * channels];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) Math.scalb(random.nextGaussian(), 2 * (i % channels));
    }
    float[] upstream = new float[numbers.length];
    IntStream.range(0, upstream.length)
        .forEach(i -> upstream[i] = (float) random.nextGaussian());
    Tensor x = Tensor.parameter(numbers, rows, channels);
    FixedCast cast = new FixedCast(format, channels);
    Tensor q = backward(cast, x, upstream);
    for (int c = 0; c < channels; c++) {
      Tensor column = Tensor.parameter(column(numbers, c, channels), rows);
      FixedCast own = new FixedCast(format);
      Tensor expected = backward(own, column, column(upstream, c, channels));
      assertThat(cast.formats().get(c)).isEqualTo(own.format());
      assertThat(column(q.data(), c, channels)).isEqualTo(expected.data());
      assertThat(column(x.grad(), c, channels)).isEqualTo(column.grad());
      assertThat(points(cast).grad()[c]).isEqualTo(points(own).grad()[0]);
    }
    // The words of the common format are those of the channels, moved.
    FixedTensor words = FixedWords.of(q);
    for (int i = 0; i < numbers.length; i++) {
      assertThat(words.value(i).toFloat()).isEqualTo(q.data()[i]);
    }
  }

  private static Tensor points(FixedCast cast) {
    return cast.parameters().get(FixedCast.INTEGER_BITS);
  }

  private static Tensor backward(FixedCast cast, Tensor x, float[] upstream) {
    Tape tape = Tape.training(Workers.SINGLE);
    Tensor q = cast.forward(tape, x);
    tape.backward(tape.sum(tape.multiply(q, Tensor.of(upstream, x.shape()))));
    return q;
  }

  private static float[] column(float[] numbers, int channel, int channels) {
    float[] column = new float[numbers.length / channels];
    for (int i = 0; i < column.length; i++) {
      column[i] = numbers[i * channels + channel];
    }
    return column;
  }

  @Example
  void theCommonFormatReachesFromTheLargestToTheSmallest() {
    FixedCast cast = new FixedCast(TrainableFormat.calibrated(
        FixedFormat.parse("ap_fixed<4,1,AP_RND_CONV,AP_SAT>"), new StartRule.Maximum()), 3);
    Tensor x = Tensor.of(new float[] {0.25f, 0, 3, -0.125f, 0, 1}, 2, 3);
    Tensor q = cast.forward(Tape.evaluating(Workers.SINGLE), x);
    // A channel of zeros keeps the format's I.
    assertThat(cast.formats()).hasToString("[ap_fixed<4,0,AP_RND_CONV,AP_SAT>,"
        + " ap_fixed<4,1,AP_RND_CONV,AP_SAT>, ap_fixed<4,3,AP_RND_CONV,AP_SAT>]");
    assertThat(q.format()).hasToString("ap_fixed<7,3,AP_RND_CONV,AP_SAT>");
    assertThat(cast.integerBits()).isEqualTo(3);
  }

  /** A float holds 24 bits: the binary points are at most so far apart. */
  @Example
  void pointsThatAreTooFarApartMeet() {
    FixedCast cast = new FixedCast(TrainableFormat.calibrated(
        FixedFormat.parse("ap_fixed<8,1,AP_RND_CONV,AP_SAT>"), new StartRule.Maximum()), 2);
    cast.forward(Tape.evaluating(Workers.SINGLE), Tensor.of(new float[] {1000, 1e-6f}, 1, 2));
    assertThat(cast.format()).hasToString("ap_fixed<24,11,AP_RND_CONV,AP_SAT>");
    assertThat(cast.formats().get(1)).hasToString("ap_fixed<8,-5,AP_RND_CONV,AP_SAT>");
  }

  @Example
  void channelsAreCounted() {
    TrainableFormat format = TrainableFormat.pinned(FixedFormat.signed(4, 1));
    assertThatThrownBy(() -> new FixedCast(format, 0))
        .hasMessage("channels is 0: it must be at least 1");
    assertThatThrownBy(() -> new FixedCast(format, 3)
        .forward(Tape.evaluating(Workers.SINGLE), Tensor.of(new float[4], 2, 2)))
        .hasMessageContaining("it takes numbers of 3 channels, which come last");
  }

  @Example
  void networksDeployWordForWord() {
    for (Model model : Model.values()) {
      Sequential floats = model.build(DIGIT, 10, 1);
      Sequential network = Qfx.convert(floats, QfxOptions.bits(4).withChannelPoints());
      Tensor images = Digits.read().batch(0, 1, 2, 3, 4, 5, 6, 7, 8, 9).images();
      Qfx.calibrate(network, images, new StartRule.LeastSquares());
      Network deployed = Qfx.deploy(network, DIGIT);
      FixedTensor words = deployed.run(
          FixedTensor.quantize(deployed.inputFormat(), images.data(), images.shape()));
      Tensor logits = network.forward(Tape.evaluating(Workers.SINGLE), images);
      assertThat(words.contentEquals(FixedWords.of(logits))).as(model.name()).isTrue();
    }
  }
}
