package io.fixlane.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.random.Draws;
import io.fixlane.random.RandomNetwork;
import io.fixlane.tensor.FixedTensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random networks: every word is the reference's, in a file as in memory. */
class NetworkPropertyTest {
  @Property(tries = 150)
  void everyWordIsTheReferences(@ForAll long seed, @ForAll @IntRange(max = 4) int samples) {
    RandomNetwork random = new RandomNetwork(seed, Draws.of(20));
    FixedTensor batch = random.samples(samples);
    FixedTensor result = random.network().run(batch);
    assertThat(result.dimension(0)).isEqualTo(samples);
    for (int i = 0; i < samples; i++) {
      assertThat(RandomNetwork.fixed(result.row(i))).as("sample %s of\n%s", i, random.network())
          .isEqualTo(random.expected(batch, i));
    }
  }

  @Property(tries = 50)
  void aLoadedNetworkIsTheSame(@ForAll long seed) throws NetworkFileException {
    RandomNetwork random = new RandomNetwork(seed, Draws.of(20));
    byte[] file = random.network().toBytes();
    Network loaded = Network.fromBytes(file);
    assertThat(loaded.toBytes()).isEqualTo(file);
    assertThat(loaded.explain()).isEqualTo(random.network().explain());
    FixedTensor batch = random.samples(3);
    assertThat(loaded.run(batch).contentEquals(random.network().run(batch))).isTrue();
  }

  @Property(tries = 50)
  void aNetworkIsItsLayers(@ForAll long seed) {
    RandomNetwork random = new RandomNetwork(seed, Draws.of(20));
    Network network = random.network();
    Network again = Network.of(network.inputFormat(), network.inputShape(), network.layers());
    assertThat(again.toBytes()).isEqualTo(network.toBytes());
    FixedTensor batch = random.samples(3);
    FixedTensor result = FixedTensor.allocate(
        network.resultFormat(), network.trace(batch).lastEntry().getValue().shape());
    again.run(batch, result);
    assertThat(network.trace(batch).lastEntry().getValue().contentEquals(result)).isTrue();
    assertThat(network.run(batch).contentEquals(result)).isTrue();
  }
}
