package io.fixlane.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.shape.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Several threads give the same bits as one. */
class ThreadsTest {
  private final Random random = new Random(3);
  private final Tensor images = GradientCheck.random(random, 9, 40, 41, 6);
  private final Tensor kernel = GradientCheck.random(random, 3, 3, 6, 12);
  private final Tensor depthwise = GradientCheck.random(random, 3, 3, 12);
  private final Tensor gamma = GradientCheck.random(random, 12);
  private final Tensor beta = GradientCheck.random(random, 12);
  private final Tensor dense = GradientCheck.random(random, 21 * 21 * 12, 40);
  private final Tensor bias = GradientCheck.random(random, 40);

  /** Trains one step of a network of every operation that has parts; all it computed. */
  private List<float[]> step(Workers workers) {
    Tape tape = Tape.training(workers);
    Tensor x = tape.conv2d(images, kernel, Window.of(3, 3).withPadding(1, 1), 1);
    x = tape.batchNorm(x, gamma, beta, new RunningStatistics(12, 0.1f, 1e-5f));
    x = tape.leakyRelu(tape.multiply(x, gamma), 0.1f);
    x = tape.depthwiseConv2d(x, depthwise, Window.of(3, 3).withPadding(1, 1));
    x = tape.averagePool2d(tape.divide(x, beta), Window.of(3, 3).withPadding(1, 1));
    x = tape.maxPool2d(tape.relu(x), Window.of(2, 2).withStride(2, 2).withPadding(1, 1));
    Tensor pooled = tape.globalAveragePool(x);
    x = tape.subtract(tape.matmul(tape.flatten(x), dense), bias);
    Tensor loss = tape.add(
        tape.softmaxCrossEntropy(x, 0, 1, 2, 3, 4, 0, 1, 2, 3), tape.mean(tape.negate(pooled)));
    tape.backward(loss);
    List<float[]> results = new ArrayList<>(List.of(loss.data(), x.data()));
    for (Tensor tensor : List.of(images, kernel, depthwise, gamma, beta, dense, bias)) {
      results.add(tensor.grad());
    }
    List<float[]> copies = results.stream().map(float[]::clone).toList();
    tape.reset();
    return copies;
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    List<float[]> alone = step(Workers.SINGLE);
    for (int threads : new int[] {2, 3, 5}) {
      try (Workers workers = Workers.of(threads)) {
        List<float[]> together = step(workers);
        for (int i = 0; i < alone.size(); i++) {
          assertThat(together.get(i)).as(threads + " threads, result " + i)
              .isEqualTo(alone.get(i));
        }
      }
    }
  }

  @Test
  void whatAPartThrowsReachesTheCaller() {
    for (int attempt = 0; attempt < 100; attempt++) {
      assertThatThrownBy(() -> TwoThreads.WORKERS.run(8, part -> {
        if (part > 2) {
          throw new IllegalArgumentException("part " + part);
        }
      })).isInstanceOf(IllegalArgumentException.class).hasMessage("part 3");
    }
    assertThatThrownBy(() -> TwoThreads.WORKERS.run(8, part -> {
      throw new StackOverflowError();
    })).isInstanceOfAny(StackOverflowError.class, IllegalStateException.class);
  }
}
