/**
 * Networks to start from. In go the sizes of images, the number of classes and a source of start
 * values; out come networks of float layers. Begin with {@link io.fixlane.autograd.models.Model}.
 */
package io.fixlane.autograd.models;
