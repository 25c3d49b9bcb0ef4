package io.fixlane.cli.experiments;

/** Which words have W bits. */
enum Scope {
  /** None: there are no words. */
  NONE("float"),
  /** Those of the element-wise layers; all others have {@value #OTHERS}. */
  ELEMENT_WISE("element-wise layers"),
  /** All but the biases of dense layers, which have 16. */
  EVERYTHING("everything");

  /** The bits of the words of layers that are not element-wise, where these have W. */
  static final int OTHERS = 8;

  private final String title;

  Scope(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
