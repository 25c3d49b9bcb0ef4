/**
 * Networks as HLS C++. In goes a network, out come the files of a project. The loops of layers are
 * C++ among the resources and copied as they are; what differs is filled in: by {@code LayerCode}
 * the types, sizes and functions of a layer, by {@code Wiring} how layers are connected, and by one
 * class each file. {@link io.fixlane.hardware.hls.ProjectFiles} is where to start to read.
 */
package io.fixlane.hardware.hls;
