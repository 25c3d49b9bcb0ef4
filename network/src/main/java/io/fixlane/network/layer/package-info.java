/**
 * What is known of a network without planning it: its layers with all their words, what a sample is
 * at a place, and what a network costs. In come words and formats, which are checked and copied;
 * out go immutable records, for planners, files and exporters. {@link
 * io.fixlane.network.layer.Layer} is where to start.
 */
package io.fixlane.network.layer;
