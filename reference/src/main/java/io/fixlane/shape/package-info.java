/** Images, and how the kernels of convolutions and poolings move over them. */
package io.fixlane.shape;
