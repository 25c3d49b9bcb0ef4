package io.fixlane.cli.bench;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the check of a benchmark of peers found wrong of another library: its speed is then no
 * measure of ours.
 *
 * @param wrong how many words
 * @param words of how many
 * @param saturatesPairs whether the library gives, in every word, what comes of sums of two
 *     products that saturate at 16 bits, as x86 processors without VNNI make them
 */
public record WrongWords(long wrong, long words, boolean saturatesPairs) {
  private static final String NODE = "wrong";
  private static final String REASON = ", saturates pairs of products";
  private static final Pattern TOLD =
      Pattern.compile("wrong: ([0-9,]{1,20}) of ([0-9,]{1,20}) words(" + REASON + ")?$");

  /** Finds it on a line that a benchmark wrote. */
  static Optional<WrongWords> in(String line) {
    Matcher told = TOLD.matcher(line);
    return told.find()
        ? Optional.of(new WrongWords(
            number(told.group(1)), number(told.group(2)), told.group(3) != null))
        : Optional.empty();
  }

  private static long number(String text) {
    return Long.parseLong(text.replace(",", ""));
  }

  /** Reads what {@link #json} wrote into a result; null where nothing is wrong. */
  static @Nullable WrongWords of(JsonNode result) {
    JsonNode node = result.path(NODE);
    return node.isObject()
        ? new WrongWords(node.path("wrong").asLong(0), node.path("words").asLong(0),
            node.path("saturatesPairs").asBoolean(false))
        : null;
  }

  void json(ObjectNode result) {
    ObjectNode node = result.putObject(NODE);
    node.put("wrong", wrong);
    node.put("words", words);
    node.put("saturatesPairs", saturatesPairs);
  }

  /** Returns what the benchmark told. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "wrong: %,d of %,d words", wrong, words)
        + (saturatesPairs ? REASON : "");
  }
}
