package io.fixlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.conformance.Operation.Cast;
import io.fixlane.format.FixedFormat;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what is read. */
class VectorRoundTripTest {

  /** A block knows its line; one that comes from no file has none. */
  private static List<Vectors.Block> withoutLines(List<Vectors.Block> blocks) {
    return blocks.stream().map(b -> {
      VectorBlock v = b.block();
      VectorBlock unplaced =
          new VectorBlock(v.operation(), v.x(), v.y(), v.bias(), v.accumulator(), 0);
      return new Vectors.Block(unplaced, b.expected());
    }).toList();
  }

  @Property(tries = 100)
  void blocksOfEveryOperationComeBack(@ForAll long seed, @ForAll boolean gzip) throws IOException {
    RandomBlocks random = new RandomBlocks(seed);
    List<Vectors.Block> blocks = random.operations().stream().map(random::block).toList();
    byte[] bytes = Vectors.write(blocks, gzip);
    assertThat(withoutLines(Vectors.read(Vectors.source(bytes)))).isEqualTo(blocks);
  }

  @Property(tries = 100)
  void operationsComeBackFromTheirText(@ForAll long seed) {
    for (Operation operation : new RandomBlocks(seed).operations()) {
      assertThat(Operation.parse(operation.text())).isEqualTo(operation);
    }
  }

  @Test
  void theRandomOperationsAreAllThereAre() {
    Object[] all = Arrays.stream(Operation.class.getPermittedSubclasses()).toArray();
    assertThat(new RandomBlocks(1).operations()).extracting(o -> (Object) o.getClass())
        .containsExactlyInAnyOrder(all);
  }

  @Test
  void theWidestWordsComeBack() throws IOException {
    FixedFormat widest = FixedFormat.signed(4096, 5);
    Words x =
        Words.of(new WordType(widest), List.of(widest.minRaw(), widest.maxRaw(), BigInteger.ZERO));
    VectorBlock block = new VectorBlock(new Cast(), x, null, null, null, 0);
    List<Vectors.Block> blocks = List.of(new Vectors.Block(block, List.of(x)));
    assertThat(withoutLines(Vectors.read(Vectors.source(Vectors.write(blocks, false)))))
        .isEqualTo(blocks);
  }

  @Test
  void unsignedWordsOf64BitsAreReadAsUnsigned() throws IOException {
    String text =
        "op\tcast\nx\tap_ufixed<64,64>\t18446744073709551615\n"
            + "z\tap_ufixed<65,65>\t18446744073709551615\n";
    Vectors.Block block = Vectors.read(Vectors.source(text)).getFirst();
    assertThat(block.block().x().toLongArray()).containsExactly(-1);
    assertThat(block.block().x().raw(0)).isEqualTo(block.expected().getFirst().raw(0));
    assertThatThrownBy(() -> block.expected().getFirst().toLongArray())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("words of ap_ufixed<65,65> do not fit in a long");
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingElse(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.vec"), "old");
    VectorBlock block =
        new VectorBlock(new Cast(), Words.of(FixedFormat.signed(8, 3), 1), null, null, null, 0);
    assertThatThrownBy(() -> VectorWriter.write(file, writer -> writer.block(block)))
        .isInstanceOf(IllegalStateException.class).hasMessage("the block has no expected words");
    assertThatThrownBy(() -> VectorWriter.write(file, writer -> {
      writer.block(block);
      writer.expected(Words.of(FixedFormat.signed(8, 3), 1, 2));
    })).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("z has 2 words: the operands of cast call for 1");
    assertThat(file).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aBlockThatMeansNothingCannotBeMade() {
    Words one = Words.of(FixedFormat.signed(8, 3), 1);
    assertThatThrownBy(() -> new VectorBlock(new Cast(), one, one, null, null, 0))
        .hasMessage("cast takes no y");
    assertThatThrownBy(() -> new VectorBlock(new Operation.Add(), one, null, null, null, 0))
        .hasMessage("add lacks y");
    assertThatThrownBy(() -> new VectorBlock(new Operation.Add(), one,
        Words.of(FixedFormat.signed(8, 3), 1, 2), null,
        null, 0)).hasMessage("y has 2 words: add takes 1 here");
    assertThatThrownBy(() -> new VectorBlock(new Operation.Dot(2), one, one, null, null, 0))
        .hasMessage("x has 1 words: dot 2 takes a multiple of 2");
    assertThatThrownBy(() -> new VectorBlock(new Operation.Divide(), one,
        Words.of(FixedFormat.signed(8, 3), 0), null,
        null, 0)).hasMessage("the divisor is 0: a quotient by zero is undefined");
    assertThatThrownBy(() -> Words.of(FixedFormat.signed(8, 3), 128))
        .hasMessage("word 0 is 128: out of range for ap_fixed<8,3>");
  }
}
