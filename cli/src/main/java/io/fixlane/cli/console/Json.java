package io.fixlane.cli.console;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** The JSON files that commands read and write. */
public final class Json {
  /** More than any results have, and less than the memory that their tree takes. */
  private static final long LONGEST = 1 << 26;

  private Json() {}

  /** Returns the builder of a mapper that refuses files which memory might not hold. */
  public static JsonMapper.Builder mapper() {
    return JsonMapper.builder(JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder().maxDocumentLength(LONGEST).build())
        .build());
  }
}
