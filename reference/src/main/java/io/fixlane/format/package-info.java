/**
 * Fixed-point formats: width, binary point, quantization mode and overflow mode. In go the
 * notations of HLS tools, or numbers; out come formats, their ranges, and the formats of exact
 * results. Begin with {@link io.fixlane.format.FixedFormat}.
 */
package io.fixlane.format;
