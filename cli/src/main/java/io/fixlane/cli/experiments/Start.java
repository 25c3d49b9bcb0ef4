package io.fixlane.cli.experiments;

import io.fixlane.autograd.fixed.StartRule;
import java.util.List;

/** The rules that choose the first I. */
enum Start {
  /** The smallest I with which nothing overflows. */
  MAXIMUM("maximum", new StartRule.Maximum()),
  /** The same, for 99.9 % of the numbers. */
  PERCENTILE("99.9 %", new StartRule.Percentile(99.9)),
  /** The I with the least squared error. */
  LEAST_SQUARES("least squares", new StartRule.LeastSquares()),
  /** The I of the one type that serves the whole network best. */
  BY_HAND("one type by hand", new StartRule.Given());

  /** The rules that look at the numbers of each cast. */
  static final List<Start> CALIBRATIONS = List.of(MAXIMUM, PERCENTILE, LEAST_SQUARES);

  private final String title;
  private final StartRule rule;

  Start(String title, StartRule rule) {
    this.title = title;
    this.rule = rule;
  }

  String title() {
    return title;
  }

  StartRule rule() {
    return rule;
  }
}
