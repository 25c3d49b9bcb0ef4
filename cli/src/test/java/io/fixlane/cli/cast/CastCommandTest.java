package io.fixlane.cli.cast;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole explanations, each checked by hand against the rules of UG1399. They are transcripts in the
 * folder {@code cast} of the test resources: a command line, then what it prints.
 */
class CastCommandTest {
  private static final Pattern QUOTED = Pattern.compile("'[^']*'|[^' ]+");

  @ParameterizedTest
  @ValueSource(strings = {
    "the-issues-example-is-explained-bit-by-bit",
    "a-tie-goes-to-the-even-word",
    "symmetric-saturation-avoids-the-smallest-word",
    "symmetric-saturation-of-one-bit-keeps-minus-one",
    "symmetric-saturation-of-one-bit-saturates-to-minus-one",
    "one-tenth-is-not-the-double-next-to-it",
    "a-product-is-exact-before-its-cast",
    "an-expression-follows-the-precedence-of-c",
    "sign-magnitude-wrap-uses-the-bit-that-is-lost",
    "sign-magnitude-wrap-saturates-its-top-bits",
    "wrap-saturates-its-top-bits",
    "a-fraction-is-rounded-once",
    "an-infinity-saturates",
    "a-copy-into-the-same-type-is-plain",
    "a-wide-word-is-shown-by-its-ends",
    "a-far-binary-point-is-left-as-a-power-of-two"
  })
  void theTranscriptIsReproduced(String name) throws IOException {
    String[] transcript = read(name + ".txt").split("\n", 2);
    String[] command = QUOTED.matcher(transcript[0].replace("$ fixlane ", "")).results()
        .map(argument -> argument.group().replace("'", ""))
        .toArray(String[]::new);
    Run run = Run.of(command);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(transcript[1]);
    assertThat(run.exitCode()).isZero();

    String coloured = Run.inColour(command).out();
    assertThat(coloured).contains("\u001B[");
    assertThat(coloured.replaceAll("\u001B\\[[0-9;]*m", "")).isEqualTo(run.out());
  }

  private static String read(String resource) throws IOException {
    try (InputStream in = CastCommandTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
