package io.fixlane.kernels.tiles.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.kernels.fixture.MemoryKind;
import io.fixlane.kernels.lanes.Container;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

/** Every word comes to its place, and no other is touched. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class TranspositionTest {
  @Provide
  Arbitrary<Integer> sides() {
    return Arbitraries.oneOf(Arbitraries.integers().between(1, 9),
        Arbitraries.of(15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 130));
  }

  @Property(tries = 400)
  void columnsBecomeRows(
      @ForAll Container container, @ForAll MemoryKind sourceKind, @ForAll MemoryKind targetKind,
      @ForAll("sides") int rows, @ForAll("sides") int columns, @ForAll Random random) {
    int bytes = container.bytes();
    int fromStride = columns + random.nextInt(3);
    int toStride = rows + random.nextInt(3);
    MemorySegment source =
        sourceKind.allocate((long) rows * fromStride * bytes, random.nextInt(9));
    for (long i = 0; i < source.byteSize(); i++) {
      source.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
    }
    MemorySegment target =
        targetKind.allocate((long) columns * toStride * bytes, random.nextInt(9));
    Transposition.transpose(container, source, 0, fromStride, target, 0, toStride, rows, columns,
        Transposition.room());
    for (int column = 0; column < columns; column++) {
      for (int i = 0; i < toStride; i++) {
        long expected = i < rows
            ? container.read(source, ((long) i * fromStride + column) * bytes)
            : 0;
        assertThat(container.read(target, ((long) column * toStride + i) * bytes))
            .as("word %d of column %d", i, column).isEqualTo(expected);
      }
    }
  }
}
