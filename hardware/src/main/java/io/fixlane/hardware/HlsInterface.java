package io.fixlane.hardware;

/** How words come into the top function of an HLS project, and go out. */
public enum HlsInterface {
  /** Arrays, of which every word is a port of its own; layers follow each other. */
  ARRAY,
  /**
   * AXI-Streams, a beat of which holds the channels of a pixel; layers are processes that run at
   * once, and keep no more of an image than the rows that their kernels reach.
   */
  STREAM
}
