/**
 * Images, and how the kernels of convolutions and poolings move over them. In go sizes; out come
 * the sizes of results, and which pixel a tap sees. Begin with {@link io.fixlane.shape.Window} and
 * {@link io.fixlane.shape.ImageShape}.
 */
package io.fixlane.shape;
