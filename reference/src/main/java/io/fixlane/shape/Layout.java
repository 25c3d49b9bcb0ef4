package io.fixlane.shape;

/** How the words of an image lie in memory. */
public enum Layout {
  /** Row by row, column by column, the channels of a pixel side by side: the faster one. */
  NHWC,
  /** Channel by channel, each a plane of rows and columns. */
  NCHW
}
