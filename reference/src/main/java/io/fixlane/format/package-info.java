/** Fixed-point formats: width, binary point, quantization mode and overflow mode. */
package io.fixlane.format;
