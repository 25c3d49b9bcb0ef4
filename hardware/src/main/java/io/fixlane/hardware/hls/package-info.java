/**
 * Networks as HLS C++. The loops of layers are C++ files among the resources, which are copied as
 * they are; this package fills in what differs: {@link io.fixlane.hardware.hls.LayerCode} the types,
 * sizes and functions of a layer, {@link io.fixlane.hardware.hls.Wiring} how layers are connected,
 * and one class each file of a project. {@link io.fixlane.hardware.hls.ProjectFiles} is where to
 * start to read.
 */
package io.fixlane.hardware.hls;
