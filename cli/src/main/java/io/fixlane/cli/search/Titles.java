package io.fixlane.cli.search;

import io.fixlane.autograd.search.Formats;
import io.fixlane.autograd.search.Trial;

/** Trials in words. */
final class Titles {
  private Titles() {}

  /** Returns all that a trial is: {@code QFX, W = 4, 2-hot, 6 epochs}. */
  static String of(Trial trial) {
    Formats formats = trial.formats();
    return series(trial).replaceFirst("^(\\w+)", "$1, W = " + formats.bits()
        + (formats.elementBits() == formats.bits()
            ? ""
            : " (element-wise " + formats.elementBits() + ")"))
        + (trial.epochs() == 0
            ? ""
            : ", " + trial.epochs() + (trial.epochs() == 1 ? " epoch" : " epochs"));
  }

  /** Returns what a trial is but for its widths and epochs: {@code QFX, 2-hot}. */
  static String series(Trial trial) {
    Formats formats = trial.formats();
    return trial.method() + (formats.kHot() == 0 ? "" : ", " + formats.kHot() + "-hot")
        + (formats.hasUsualModes()
            ? ""
            : ", " + formats.quantization() + " " + formats.overflow());
  }
}
