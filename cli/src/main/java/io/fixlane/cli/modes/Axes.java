package io.fixlane.cli.modes;

/**
 * The part of the plane a chart shows.
 *
 * @param xMin the smallest input
 * @param xMax the largest input
 * @param yMin the smallest output
 * @param yMax the largest output
 * @param pixels the length of 1 in pixels, along both axes
 */
record Axes(double xMin, double xMax, double yMin, double yMax, double pixels) {
  double width() {
    return (xMax - xMin) * pixels;
  }

  double height() {
    return (yMax - yMin) * pixels;
  }
}
