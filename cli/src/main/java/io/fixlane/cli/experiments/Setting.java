package io.fixlane.cli.experiments;

import io.fixlane.autograd.fixed.QfxOptions.Role;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a row may have beside the rest, each with or without the others. */
enum Setting {
  /** Batch normalisations are a part of the products before them. */
  FOLDED_NORMS("folded", "norms folded"),
  /**
   * The weights of each output channel have an I of their own, and a W where widths are learned.
   */
  CHANNEL_POINTS("channels", "I by channel"),
  /** The float network that it starts from takes the place of labels. */
  TEACHER("taught", "a teacher"),
  /** The network's result has {@value Scope#OTHERS} bits, whatever W is. */
  WIDE_SCORES("scores", "scores of " + Scope.OTHERS + " bits", Role.SCORES),
  /** What shortcuts add has {@value Scope#OTHERS} bits, whatever W is. */
  WIDE_ADDENDS("addends", "addends of " + Scope.OTHERS + " bits", Role.ADDEND),
  /** The network's input has {@value Scope#OTHERS} bits, whatever W is. */
  WIDE_INPUT("input", "input of " + Scope.OTHERS + " bits", Role.INPUT),
  /** An I that swings between two integers stops being learned. */
  FREEZING("freezing", "an I that swings stays"),
  /** One W everywhere comes down bit by bit to the budget, in the epochs that learn widths. */
  DESCENT("descent", "W comes down");

  private final String key;
  private final String title;
  private final @Nullable Role wide;

  Setting(String key, String title) {
    this(key, title, null);
  }

  Setting(String key, String title, @Nullable Role wide) {
    this.key = key;
    this.title = title;
    this.wide = wide;
  }

  /** Returns what has {@value Scope#OTHERS} bits, whatever W is; empty for nothing. */
  Optional<Role> wide() {
    return Optional.ofNullable(wide);
  }

  /** Returns its name in those of files. */
  String key() {
    return key;
  }

  String title() {
    return title;
  }
}
