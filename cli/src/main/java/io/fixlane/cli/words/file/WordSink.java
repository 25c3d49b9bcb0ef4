package io.fixlane.cli.words.file;

import java.io.IOException;
import java.math.BigInteger;

/** A file that is written word by word. */
public interface WordSink {
  /** Writes a raw word of the format. */
  void put(BigInteger raw) throws IOException;

  /** Ends the file. */
  void finish() throws IOException;
}
