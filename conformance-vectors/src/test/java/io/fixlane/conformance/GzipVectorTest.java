package io.fixlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Gzip is known by its first bytes, and damage to it is never taken for the end of the file. */
class GzipVectorTest {
  private static final String TEXT = "op\tcast\nx\tap_fixed<8,3>\t1 2 3\nz\tap_fixed<4,2>\t0 0 0\n";

  private static byte[] joined(byte[]... parts) throws IOException {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.write(part);
    }
    return joined.toByteArray();
  }

  @Test
  void gzipAndPlainAreTheSame() throws IOException {
    assertThat(Vectors.read(Vectors.source(Vectors.gzip(TEXT))))
        .isEqualTo(Vectors.read(Vectors.source(TEXT)));
  }

  @Test
  void membersAreJoinedAlsoWhereTheStreamKnowsNotWhatIsAvailable() throws IOException {
    byte[] two = joined(Vectors.gzip(TEXT), Vectors.gzip(TEXT));
    VectorSource pipe =
        VectorSource.of("pipe", new FilterInputStream(new ByteArrayInputStream(two)) {
          @Override
          public int available() {
            return 0;
          }
        });
    assertThat(Vectors.read(pipe)).hasSize(2);
  }

  @Test
  void everyTruncationIsAnError() throws IOException {
    byte[] whole = Vectors.gzip(TEXT);
    for (int length = 2; length < whole.length; length++) {
      VectorSource cut = Vectors.source(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Vectors.read(cut)).as("%d bytes", length)
          .isInstanceOf(VectorFileException.class)
          .hasMessageMatching(
              "test.vec, line \\d, column \\d+: the gzip data ends early: the file is truncated");
    }
  }

  @Test
  void everyFlippedByteOfTheDataIsAnError() throws IOException {
    byte[] whole = Vectors.gzip(TEXT);
    int header = 10;
    for (int i = header; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= 0x55;
      assertThatThrownBy(() -> Vectors.read(Vectors.source(flipped))).as("byte %d", i)
          .isInstanceOf(VectorFileException.class);
    }
  }

  @Test
  void aWrongChecksumIsNamed() throws IOException {
    byte[] flipped = Vectors.gzip(TEXT);
    flipped[flipped.length - 8] ^= 1;
    assertThatThrownBy(() -> Vectors.read(Vectors.source(flipped)))
        .hasMessage("test.vec, line 4, column 1: the gzip data is corrupt: Corrupt GZIP trailer");
  }

  @Test
  void whateverFollowsTheGzipDataIsAnError() throws IOException {
    for (int length : new int[] {1, 2, 5, 30, 100_000}) {
      byte[] padded = joined(Vectors.gzip(TEXT), new byte[length]);
      assertThatThrownBy(() -> Vectors.read(Vectors.source(padded))).as("%d bytes", length)
          .hasMessage(
              "test.vec, line 4, column 1: the gzip data is corrupt: bytes that are no gzip "
                  + "data follow it");
    }
  }
}
